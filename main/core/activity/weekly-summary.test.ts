import { expect, it } from 'vitest';
import { type Agency, day, hour, startAgency } from '../../../test/agency.ts';
import { createActivity } from './activity.ts';
import { createWeeklySummary, summaryOf } from './weekly-summary.ts';

function summaries(agency: Agency) {
  const activity = createActivity({ ...agency.ports, changes: agency.core.changes });
  const weekly = createWeeklySummary({ ...agency.ports, activity, settings: agency.core.settings });
  const told = async () => (await agency.api.logs({ kind: 'summary.weekly' })).items;
  return { weekly, told };
}

it('says how many went out and failed, what waits, and what it cost', () => {
  expect(summaryOf({ wentOut: 12, failed: 1, toReview: 5, spent: 1_204_000 })).toBe(
    '12 posts went out last week. 1 post failed. 5 posts wait for your review. AI cost $1.20.',
  );
  expect(summaryOf({ wentOut: 1, failed: 0, toReview: 0, spent: 0 })).toBe(
    '1 post went out last week. Nothing waits for your review. AI cost $0.00.',
  );
});

it('is told once a week, on Monday at eight by the clock of the agency', async () => {
  const agency = await startAgency();
  await agency.api.settings.update({ agencyTimezone: 'Europe/Berlin' });
  const { weekly, told } = summaries(agency);
  // Tuesday noon, the first start ever.
  await weekly.tellWhenDue();
  agency.time.stand(5 * day + 18 * hour);
  await weekly.tellWhenDue();
  expect(await told()).toEqual([]);
  agency.time.stand(hour);
  await weekly.tellWhenDue();
  await weekly.tellWhenDue();
  expect(await told()).toMatchObject([{ message: expect.stringContaining('0 posts went out last week.') as string }]);
  agency.time.stand(9 * day);
  await weekly.tellWhenDue();
  expect(await told()).toHaveLength(2);
});
