import { expect, it } from 'vitest';
import { connectedClient, hour, noon, startAgency } from '../../../test/agency.ts';
import { needOf } from '../../../shared/domain/need.ts';
import { attempt } from '../../store/sample.ts';

it('counts and lists what posts wait for as each of them tells it, however many there are', async () => {
  const agency = await startAgency();
  const { clientId, accountId } = await connectedClient(agency);
  const scheduledFor = new Date(noon + 2 * hour).toISOString();
  const standings = [
    ['held', 'late', null],
    ['held', 'crowded', null],
    ['held', 'unclear', null],
    ['held', 'not_approved', null],
    ['held', 'oauth_error', 'token'],
    // The class is of an earlier error and tells nothing of this one.
    ['held', 'puzzling', null],
    ['failed', 'server_error', 'transient'],
    ['pending', null, null],
  ] as const;
  for (let number = 0; number < 70; number += 1) {
    const [status, errorCode, errorClass] = standings[number % standings.length] ?? standings[0];
    const post = await agency.api.pipeline.create({
      clientId,
      caption: number % 2 === 0 ? 'Bread' : 'Cake',
      scheduledFor,
      targets: [{ accountId }],
    });
    const targetId = post.targets[0]?.id ?? '';
    await agency.store.targets.update(targetId, { status, errorCode, errorMessage: errorCode });
    const isFailed = status === 'failed';
    await agency.store.posts.update(post.id, {
      status: isFailed ? 'failed' : status === 'held' ? 'held' : 'in_review',
    });
    if (errorCode === null) continue;
    await agency.store.attempts.insert(
      attempt({
        id: `attempt-${number}`,
        targetId,
        accountId,
        state: 'rejected',
        errorCode: errorCode === 'puzzling' ? 'another' : errorCode,
        errorClass: errorCode === 'puzzling' ? 'token' : errorClass,
      }),
    );
  }
  const shown = [];
  for (let cursor: string | undefined; ; ) {
    const page = await agency.api.pipeline.list({ status: ['held', 'failed'], limit: 50, cursor });
    shown.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const told = Map.groupBy(shown, needOf);
  const { needs } = await agency.api.pipeline.needs({});
  expect(needs).toMatchObject({ missed: 18, unclear: 9, content: 18, account: 9, failed: 8 });
  for (const [kind, posts] of told) expect([kind, kind === null ? 0 : needs[kind]]).toEqual([kind, posts.length]);

  const listed = await agency.api.pipeline.list({ need: 'missed', limit: 100 });
  expect(listed.items.map(({ id }) => id).sort()).toEqual(
    told
      .get('missed')
      ?.map(({ id }) => id)
      .sort(),
  );
  expect((await agency.api.pipeline.needs({ search: 'cake' })).needs).toMatchObject({
    missed: 9,
    unclear: 0,
    content: 18,
  });
  expect((await agency.api.pipeline.counts({ need: 'missed' })).counts).toMatchObject({ held: 18, failed: 0 });
  expect((await agency.api.pipeline.needs({ network: 'tiktok' })).needs.missed).toBe(0);
});
