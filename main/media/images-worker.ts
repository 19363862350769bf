import { answerCalls } from '../workers/answer-calls.ts';
import * as images from './images.ts';

answerCalls(images);
