import type { Migration } from '../migrate.ts';
import { first } from './010-first.ts';
import { runner } from './020-runner.ts';
import { renewals } from './030-renewals.ts';
import { media } from './040-media.ts';
import { accounts } from './050-accounts.ts';
import { insights } from './060-insights.ts';
import { postSearch } from './070-post-search.ts';
import { review } from './080-review.ts';
import { drafts } from './090-drafts.ts';
import { figures } from './110-figures.ts';
import { usage } from './120-usage.ts';
import { ways } from './130-ways.ts';
import { focals } from './150-focals.ts';
import { stories } from './160-stories.ts';

/** In the order they run. Released ones never change; new ones are numbered in tens, so that one fits between. */
export const migrations: readonly Migration[] = [
  first,
  runner,
  renewals,
  media,
  accounts,
  insights,
  postSearch,
  review,
  drafts,
  figures,
  usage,
  ways,
  focals,
  stories,
];
