import sharp from 'sharp';
import { answerCalls } from '../workers/answer-calls.ts';
import * as images from './images.ts';

// Every picture is another one: what was decoded is not needed again.
sharp.cache(false);
answerCalls(images);
