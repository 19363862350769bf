import type { Repositories } from '../core/ports/store.ts';
import type { Clock } from '../core/ports/time.ts';
import { accountRepository } from './accounts.ts';
import { activityRepository } from './activity.ts';
import { approvalRepository } from './approvals.ts';
import { attemptRepository } from './attempts.ts';
import { clientRepository } from './clients.ts';
import { connectionRepository } from './connections.ts';
import { controlRepository } from './control.ts';
import { draftRepository } from './drafts.ts';
import { lessonRepository } from './lessons.ts';
import { mediaRepository } from './media.ts';
import { metricRepository } from './metrics.ts';
import { postRepository } from './posts.ts';
import { preflightRepository } from './preflights.ts';
import { renewalRepository } from './renewals.ts';
import { runnerRepository } from './runner.ts';
import type { Db } from './schema.ts';
import { settingRepository } from './settings.ts';
import { targetRepository } from './targets.ts';
import { usageRepository } from './usage.ts';
import { variantRepository } from './variants.ts';

/** Every repository over one connection or one transaction. */
export function repositoriesOver(db: Db, clock: Clock): Repositories {
  return {
    clients: clientRepository(db),
    accounts: accountRepository(db),
    media: mediaRepository(db),
    posts: postRepository(db),
    drafts: draftRepository(db),
    targets: targetRepository(db, clock),
    attempts: attemptRepository(db),
    control: controlRepository(db),
    runner: runnerRepository(db),
    renewals: renewalRepository(db),
    preflights: preflightRepository(db),
    connections: connectionRepository(db),
    usage: usageRepository(db),
    activity: activityRepository(db),
    approvals: approvalRepository(db),
    lessons: lessonRepository(db),
    variants: variantRepository(db),
    settings: settingRepository(db),
    metrics: metricRepository(db),
  };
}
