import { answerCalls } from '../../../workers/answer-calls.ts';
import * as drawing from './draw-picture.ts';

answerCalls({ drawPicture: drawing.drawPicture });
