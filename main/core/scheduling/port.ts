import type { z } from 'zod';
import type { jobSchema } from '../../../shared/contract/admin.ts';

export type Job = z.infer<typeof jobSchema>;

/** Recurring work of the app. */
export interface JobDefinition {
  /** e.g. `refresh-tokens`. */
  name: string;
  /** For a person. */
  description: string;
  /** Six fields, seconds first. */
  cron: string;
  /** @param byHand a person asked for this run: what is otherwise done only when due is done now */
  run(byHand: boolean): Promise<void>;
}

/** What the rest of the core asks of scheduling. */
export interface Scheduling {
  list(): Promise<Job[]>;
  /** Runs a job now, or joins the run that is under way; resolves when it has ended. @throws {NotFound} */
  run(name: string): Promise<Job>;
  /** Compares the clocks at once, for whoever knows that the computer has just slept. Never rejects. */
  lookNow(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
