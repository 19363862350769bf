import { headlineOf, moodOf, nextDueText, type Standing } from './standing.ts';

/** What an entry of the tray or of the menu does. */
export type Command =
  | { do: 'open'; path?: string }
  | { do: 'stop' | 'resume' | 'quit' | 'update' | 'open_logs' | 'save_key' | 'about' }
  | { do: 'set'; preference: 'keepAwake' | 'startAtLogin'; to: boolean }
  | { do: 'switch_profile'; to: 'sandbox' | 'live' };

/** An entry; without a command it only tells. */
export type Entry =
  | { kind: 'line' }
  | { kind: 'text'; label: string }
  | { kind: 'command'; id: string; label: string; command: Command; isChecked?: boolean };

export interface TrayFacts {
  standing: Standing;
  /** UTC ms. */
  now: number;
  /** IANA name. */
  zone: string;
  preferences: { keepAwake: boolean; startAtLogin: boolean };
  /** A version that is ready to be installed. */
  update: string | null;
}

/** The tray's menu. Everything that matters can be done from here, without the window. Pure. */
export function trayMenu({ standing, now, zone, preferences, update }: TrayFacts): Entry[] {
  const isWorking = standing.phase === 'working';
  const needs = isWorking && standing.needsYou > 0;
  const review = isWorking && standing.toReview > 0;
  return [
    { kind: 'text', label: headlineOf(standing) },
    ...(isWorking ? [{ kind: 'text' as const, label: nextDueText(standing.nextDueAt, now, zone) }] : []),
    { kind: 'line' },
    command('open', 'Open dashboard', { do: 'open' }),
    ...(needs ? [command('needs-you', 'See what needs you', { do: 'open', path: '/pipeline?show=attention' })] : []),
    ...(review ? [command('review', `Review ${standing.toReview} new`, { do: 'open', path: '/review' })] : []),
    { kind: 'line' },
    ...(isWorking ? [stopOrResume(standing)] : []),
    ...(isWorking ? [{ kind: 'line' as const }] : []),
    { ...toggle('keepAwake', 'Keep the computer awake while posts are due'), isChecked: preferences.keepAwake },
    { ...toggle('startAtLogin', 'Start when I log in'), isChecked: preferences.startAtLogin },
    { kind: 'line' },
    ...(update === null ? [] : [command('update', `Restart to update to ${update}`, { do: 'update' })]),
    command('quit', 'Quit AutoSocial AI', { do: 'quit' }),
  ];

  function toggle(preference: 'keepAwake' | 'startAtLogin', label: string) {
    return command(preference, label, { do: 'set', preference, to: !preferences[preference] });
  }
}

/** What stands beside the icon when it is pointed at. */
export function trayHint({ standing, now, zone }: Pick<TrayFacts, 'standing' | 'now' | 'zone'>): string {
  const mood = moodOf(standing);
  const next = mood === 'idle' || mood === 'publishing' ? `\n${nextDueText(standing.nextDueAt, now, zone)}` : '';
  return `AutoSocial AI\n${headlineOf(standing)}${next}`.slice(0, 120);
}

function stopOrResume({ isKilled }: Standing): Entry {
  return isKilled
    ? command('resume', 'Resume publishing …', { do: 'resume' })
    : command('stop', 'Stop everything now', { do: 'stop' });
}

function command(id: string, label: string, what: Command): Extract<Entry, { kind: 'command' }> {
  return { kind: 'command', id, label, command: what };
}
