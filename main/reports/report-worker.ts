import { answerCalls } from '../workers/answer-calls.ts';
import { writeMonthly } from './monthly.ts';

answerCalls({ writeMonthly }, { memory: 500 * 1024 * 1024, cpuMs: 30_000 });
