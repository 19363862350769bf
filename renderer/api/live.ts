import { onlineManager } from '@tanstack/react-query';
import type { Change } from '../../shared/contract/events.ts';
import { client, orpc, socket } from './client.ts';
import { queryClient } from './query-client.ts';
import { useConnection } from './socket.ts';

/** How long changes are gathered before the pages that show them ask again, in ms. */
const gatherMs = 80;

/** Connects, and from then on asks again for whatever the core says has changed. Safe to call more than once. */
export function goLive(): void {
  if (!started) {
    started = true;
    useConnection.subscribe(({ state }, before) => {
      if (state === before.state) return;
      onlineManager.setOnline(state === 'open' || state === 'connecting');
      if (state === 'open') void watchChanges();
    });
  }
  socket.start();
}
let started = false;

async function watchChanges(): Promise<void> {
  try {
    const changes = await client.events.watch();
    // Whatever happened while nobody listened.
    void queryClient.invalidateQueries();
    for await (const change of changes) noteChange(change);
  } catch (error) {
    if (useConnection.getState().state === 'open') console.warn('The stream of changes ended.', error);
  }
  if (useConnection.getState().state === 'open') setTimeout(() => void watchChanges(), 1_000);
}

let waiting: Change[] = [];

function noteChange(change: Change): void {
  waiting.push(change);
  if (waiting.length > 1) return;
  setTimeout(() => {
    const keys = new Map(waiting.flatMap(keysOf).map((key) => [JSON.stringify(key), key]));
    waiting = [];
    for (const queryKey of keys.values()) void queryClient.invalidateQueries({ queryKey });
  }, gatherMs);
}

/** Which questions have another answer after this change. */
function keysOf({ type, id, clientId }: Change): readonly (readonly unknown[])[] {
  switch (type) {
    case 'client.changed':
      return [
        orpc.clients.list.key(),
        orpc.clients.glance.key(),
        orpc.clients.get.key(id === null ? {} : { input: { id } }),
        orpc.brand.key(),
        orpc.lessons.key(),
        orpc.rules.key(),
        orpc.stats.key(),
      ];
    case 'account.changed':
      return [
        orpc.accounts.list.key(clientId === null ? {} : { input: { id: clientId } }),
        orpc.clients.glance.key(),
        orpc.insights.ofClient.key(),
        orpc.stats.key(),
        orpc.killSwitch.list.key(),
      ];
    case 'link.changed':
      return [orpc.accounts.onboardingLinks.key(clientId === null ? {} : { input: { id: clientId } })];
    case 'post.changed':
      return [
        orpc.pipeline.list.key(),
        orpc.pipeline.calendar.key(),
        orpc.pipeline.counts.key(),
        orpc.pipeline.needs.key(),
        orpc.pipeline.estimate.key(),
        orpc.clients.glance.key(),
        orpc.pipeline.get.key(id === null ? {} : { input: { id } }),
        orpc.insights.ofPost.key(id === null ? {} : { input: { id } }),
        orpc.pipeline.logs.key(id === null ? {} : { input: { id } }),
        orpc.review.key(id === null ? {} : { input: { id } }),
        orpc.lessons.key(),
        orpc.rules.slots.key(clientId === null ? {} : { input: { id: clientId } }),
        orpc.stats.key(),
      ];
    case 'writing.changed':
      return [orpc.pipeline.progress.key()];
    case 'draft.changed':
      return [orpc.drafts.list.key()];
    case 'media.added':
    case 'media.changed':
      return [orpc.media.list.key(), orpc.media.get.key(id === null ? {} : { input: { id } })];
    case 'control.changed':
      return [orpc.killSwitch.list.key(), orpc.host.get.key(), orpc.stats.key()];
    case 'settings.changed':
      return [orpc.settings.get.key(), orpc.credentials.key(), orpc.host.get.key(), orpc.stats.key(), orpc.usage.key()];
    case 'job.changed':
      return [orpc.jobs.list.key()];
    case 'activity.added':
      return [orpc.logs.key(), orpc.logActors.key()];
  }
}
