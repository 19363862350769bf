import { t } from '../../i18n/i18n.ts';

const known = {
  owner: 'common:actor.owner',
  api: 'common:actor.api',
  app: 'common:actor.app',
  rules: 'common:actor.rules',
  'onboarding link': 'common:actor.onboardingLink',
  'sample agency': 'common:actor.sampleAgency',
} as const;

const jobs = [
  'publish-due',
  'look-ahead',
  'generate-content',
  'follow-up',
  'refresh-tokens',
  'take-insights',
  'back-up',
  'restore-drill',
  'clear-media',
  'weekly-summary',
  'clock-guard',
  'lease',
] as const;

export const jobPrefix = 'job:';

/** Who did it, in words: the dashboard's person, a name, or what the app was busy with. */
export function actorName(actor: string): string {
  if (isKey(known, actor)) return t(known[actor]);
  if (!actor.startsWith(jobPrefix)) return actor;
  return jobName(actor.slice(jobPrefix.length));
}

/** A job in words; one that nobody named yet by its own name. */
export function jobName(name: string): string {
  const job = jobs.find((known) => known === name);
  return job === undefined ? name.replaceAll('-', ' ') : t(`common:job.${job}`);
}

/** What a job does, in words; null for one that nobody described yet. */
export function jobWords(name: string): string | null {
  const job = jobs.find((known) => known === name);
  return job === undefined ? null : t(`activity:job.${job}`);
}

function isKey<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}
