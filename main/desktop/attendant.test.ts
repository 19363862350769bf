import { expect, it, vi } from 'vitest';
import { type Agency, minute, startAgency } from '../../test/agency.ts';
import { createActivity } from '../core/activity/activity.ts';
import type { Hosting } from '../hosting.ts';
import { createAttendant } from './attendant.ts';
import type { DesktopDoor } from './doors.ts';
import { speechIn } from './speech.ts';

function attending(agency: Agency) {
  const told: string[] = [];
  const clock = { shows: '23:00' };
  const attendant = createAttendant({
    timers: agency.time,
    log: agency.ports.log,
    isOnline: () => true,
    isQuitting: () => false,
    onStanding: () => undefined,
    notify: ({ title }) => told.push(title),
    timeOfDay: () => clock.shows,
    speech: () => speechIn('en'),
  });
  const hosting = { app: { core: agency.core, localOrigins: [] } } as unknown as Hosting<DesktopDoor>;
  const settings = vi.spyOn(agency.core.settings, 'get');
  /** Until it has looked into the log and asked what a person wants to be told. */
  async function looked(): Promise<void> {
    const before = settings.mock.results.length;
    await agency.time.pass(minute, () => Promise.resolve());
    await vi.waitFor(() => expect(settings.mock.results.length).toBeGreaterThan(before));
    await Promise.all(settings.mock.results.map(({ value }) => value as Promise<unknown>));
  }
  return { told, clock, attendant, hosting, looked };
}

it('tells in the morning what failed in quiet hours, also when the app began anew in between', async () => {
  const agency = await startAgency();
  await agency.api.settings.update({ quietHours: { from: '22:00', to: '07:00' } });
  const { told, clock, attendant, hosting, looked } = attending(agency);
  attendant.attend(hosting);
  await looked();
  const activity = createActivity({ ...agency.ports, changes: agency.core.changes });
  await activity.record({ actor: 'job:publish-due', kind: 'post.failed', message: 'It was refused.' });
  await looked();
  attendant.attend(null);
  attendant.attend(hosting);
  await looked();
  expect(told).toEqual([]);
  clock.shows = '07:00';
  await looked();
  expect(told).toEqual(['A post failed']);
  attendant.attend(null);
});
