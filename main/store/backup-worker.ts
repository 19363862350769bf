import { answerCalls } from '../workers/answer-calls.ts';
import * as tasks from './backup-tasks.ts';

answerCalls(tasks);
