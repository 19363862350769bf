import type { Migration } from '../migrate.ts';
import { first } from './010-first.ts';

/** In the order they run. Released ones never change; new ones are numbered in tens, so that one fits between. */
export const migrations: readonly Migration[] = [first];
