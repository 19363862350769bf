import { answerCalls } from '../../../workers/answer-calls.ts';
import { drawPicture } from './draw-picture.ts';

answerCalls({ drawPicture });
