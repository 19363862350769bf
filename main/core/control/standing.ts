import type { z } from 'zod';
import type { standingSchema } from '../../../shared/contract/admin.ts';
import type { TargetStatus } from '../../../shared/domain/post.ts';
import type { CoreDeps } from '../deps.ts';
import { isoOf } from '../instants.ts';
import type { DueTarget, KillSwitchRecord } from '../ports/index.ts';
import { stopCodes } from '../publishing/missed.ts';
import { assertScope } from './switches.ts';

type Standing = z.infer<typeof standingSchema>;

const atMost = 500;

/** How things stand for what a kill switch is about, to be shown right after a stop. @throws {NotFound} @throws {Unprocessable} */
export async function readStanding(
  { store }: Pick<CoreDeps, 'store'>,
  scope: { scope: KillSwitchRecord['scope']; id?: string },
): Promise<{ inFlight: Standing[]; unknown: Standing[]; held: Standing[]; dueMeanwhile: Standing[] }> {
  const id = await assertScope({ store }, scope);
  const found = await store.targets.standing({
    statuses: ['publishing', 'confirming', 'held'],
    errorCodes: [...stopCodes],
    ...(scope.scope === 'client' ? { clientId: id } : {}),
    ...(scope.scope === 'account' ? { accountId: id } : {}),
    limit: atMost,
  });
  const inState = (state: TargetStatus): Standing[] =>
    found.filter(({ target }) => target.status === state).map(standingView);
  return {
    inFlight: inState('publishing'),
    unknown: inState('confirming'),
    held: inState('held'),
    dueMeanwhile: inState('pending'),
  };
}

function standingView({ target, post }: DueTarget): Standing {
  return {
    postId: post.id,
    targetId: target.id,
    clientId: post.clientId,
    accountId: target.accountId,
    platform: target.platform,
    caption: post.caption,
    scheduledFor: isoOf(post.scheduledFor),
    reason: target.errorMessage,
  };
}
