import type { Speech } from './speech.ts';
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
  speech: Speech;
}

/** The tray's menu. Everything that matters can be done from here, without the window. Pure. */
export function trayMenu({ standing, now, zone, preferences, update, speech }: TrayFacts): Entry[] {
  const { tray, menu } = speech.words;
  const isWorking = standing.phase === 'working';
  const needs = isWorking && standing.needsYou > 0;
  const review = isWorking && standing.toReview > 0;
  return [
    { kind: 'text', label: headlineOf(standing, speech) },
    ...(isWorking ? [{ kind: 'text' as const, label: nextDueText(standing.nextDueAt, now, zone, speech.words) }] : []),
    { kind: 'line' },
    command('open', tray.open, { do: 'open' }),
    ...(needs ? [command('needs-you', tray.seeWhatNeedsYou, { do: 'open', path: '/pipeline?show=attention' })] : []),
    ...(review ? [command('review', tray.review(standing.toReview), { do: 'open', path: '/review' })] : []),
    { kind: 'line' },
    ...(isWorking ? [stopOrResume(standing, menu)] : []),
    ...(isWorking ? [{ kind: 'line' as const }] : []),
    { ...toggle('keepAwake', tray.keepAwake), isChecked: preferences.keepAwake },
    { ...toggle('startAtLogin', tray.startAtLogin), isChecked: preferences.startAtLogin },
    { kind: 'line' },
    ...(update === null ? [] : [command('update', tray.update(update), { do: 'update' })]),
    command('quit', menu.quit, { do: 'quit' }),
  ];

  function toggle(preference: 'keepAwake' | 'startAtLogin', label: string) {
    return command(preference, label, { do: 'set', preference, to: !preferences[preference] });
  }
}

/** What stands beside the icon when it is pointed at. */
export function trayHint({ standing, now, zone, speech }: Omit<TrayFacts, 'preferences' | 'update'>): string {
  const mood = moodOf(standing);
  const isOnItsWay = mood === 'idle' || mood === 'publishing';
  const next = isOnItsWay ? `\n${nextDueText(standing.nextDueAt, now, zone, speech.words)}` : '';
  return `AutoSocial AI\n${headlineOf(standing, speech)}${next}`.slice(0, 120);
}

function stopOrResume({ isKilled }: Standing, menu: Speech['words']['menu']): Entry {
  return isKilled ? command('resume', menu.resume, { do: 'resume' }) : command('stop', menu.stop, { do: 'stop' });
}

function command(id: string, label: string, what: Command): Extract<Entry, { kind: 'command' }> {
  return { kind: 'command', id, label, command: what };
}
