import sharp from 'sharp';
import { answerCalls } from '../workers/answer-calls.ts';
import * as images from './images.ts';
import * as videos from './videos.ts';

// Every file is another one: what was decoded is not needed again. One at a time, in one thread: it
// is about memory more than speed.
sharp.cache(false);
sharp.concurrency(1);

/** A baseline picture of 50 megapixels takes a quarter of it; bombs and extremes are stopped here. */
const memory = 400 * 1024 * 1024;
answerCalls({ ...images, ...videos }, { memory, cpuMs: 10_000 });
