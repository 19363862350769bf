const jobNames: Record<string, string> = {
  'publish-due': 'Publishing',
  'generate-content': 'Writing',
  'refresh-tokens': 'Renewing connections',
  'follow-up': 'Following up',
  'take-insights': 'Taking insights',
  'back-up': 'Backing up',
  'restore-drill': 'Trying a backup out',
  'clear-media': 'Clearing out deleted media',
};

/** Who did it, in words: the dashboard's person, a name, or what the app was busy with. */
export function actorName(actor: string): string {
  if (actor === 'owner') return 'You';
  if (actor === 'api') return 'REST API';
  if (actor === 'app') return 'The app';
  if (!actor.startsWith('job:')) return actor;
  const job = actor.slice('job:'.length);
  return jobNames[job] ?? job.replaceAll('-', ' ');
}
