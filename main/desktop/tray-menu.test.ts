import { describe, expect, it } from 'vitest';
import { appMenu } from './app-menu.ts';
import { shouldStayAwake } from './keep-awake.ts';
import { speechIn } from './speech.ts';
import { headlineOf, moodOf, nextDueText, nothingKnown, type Standing } from './standing.ts';
import { type Command, trayHint, type TrayFacts, trayMenu } from './tray-menu.ts';

const now = Date.UTC(2026, 10, 23, 8, 0);
const zone = 'Europe/Berlin';
const speech = speechIn('en');
const working: Standing = { ...nothingKnown, phase: 'working', nextDueAt: now + 3_600_000 };
const facts = (standing: Partial<Standing> = {}, more: Partial<TrayFacts> = {}): TrayFacts => ({
  standing: { ...working, ...standing },
  now,
  zone,
  preferences: { keepAwake: false, startAtLogin: false },
  update: null,
  speech,
  ...more,
});
const labels = (of: TrayFacts): string[] =>
  trayMenu(of).flatMap((entry) => (entry.kind === 'line' ? [] : [entry.label]));
const commands = (of: TrayFacts): Command[] =>
  trayMenu(of).flatMap((entry) => (entry.kind === 'command' ? [entry.command] : []));

describe('the mood', () => {
  it.each([
    ['starting', { phase: 'starting' }],
    ['idle', {}],
    ['publishing', { publishing: 2 }],
    ['needs_you', { publishing: 2, needsYou: 1 }],
    ['offline', { needsYou: 1, isOnline: false }],
    ['stopped', { isOnline: false, isKilled: true }],
    ['stopped', { halt: 'The disk is full. Make room.' }],
    ['needs_you', { phase: 'locked', isKilled: true }],
    ['needs_you', { phase: 'rescue' }],
    ['needs_you', { phase: 'failed' }],
  ] as const)('is %s for %j', (mood, standing) => {
    expect(moodOf({ ...working, ...standing })).toBe(mood);
  });

  it('is told in words, never without', () => {
    expect(headlineOf({ ...working, needsYou: 1 }, speech)).toBe('1 thing needs you');
    expect(headlineOf({ ...working, publishing: 3 }, speech)).toBe('Publishing 3 posts…');
    expect(headlineOf({ ...working, halt: 'The disk is full. Make room.' }, speech)).toBe(
      'Nothing is sent: The disk is full.',
    );
    expect(headlineOf({ ...working, phase: 'quitting', publishing: 1 }, speech)).toBe(
      'Finishing 1 post, then quitting…',
    );
    expect(headlineOf(working, speech)).toBe('All in order');
  });
});

describe('the next post', () => {
  it.each([
    [null, 'Nothing is planned'],
    [now - 1, 'Next post: now'],
    [now + 3_600_000, 'Next post: today at 10:00'],
    [now + 15 * 3_600_000, 'Next post: tomorrow at 00:00'],
    [now + 72 * 3_600_000, 'Next post: Thu 26 Nov at 09:00'],
  ])('%s is told as %s', (at, text) => expect(nextDueText(at, now, zone, speech.words).replace(',', '')).toBe(text));
});

describe('the tray', () => {
  it('tells how things stand, and offers to stop everything', () => {
    expect(labels(facts())).toEqual([
      'All in order',
      'Next post: today at 10:00',
      'Open dashboard',
      'Stop everything now',
      'Keep the computer awake while posts are due',
      'Start when I log in',
      'Quit AutoSocial AI',
    ]);
  });

  it('offers to resume once everything is stopped, and never both', () => {
    expect(commands(facts({ isKilled: true }))).toContainEqual({ do: 'resume' });
    expect(commands(facts({ isKilled: true }))).not.toContainEqual({ do: 'stop' });
    expect(commands(facts({ halt: 'x' }))).toContainEqual({ do: 'stop' });
  });

  it('leads to what waits for a person', () => {
    expect(commands(facts({ needsYou: 2, toReview: 3 }))).toEqual(
      expect.arrayContaining([
        { do: 'open', path: '/pipeline?show=attention' },
        { do: 'open', path: '/review' },
      ]),
    );
  });

  it('can always be opened and quit, also when nothing works', () => {
    for (const phase of ['starting', 'locked', 'rescue', 'failed', 'quitting'] as const) {
      expect(commands(facts({ phase }))).toEqual(expect.arrayContaining([{ do: 'open' }, { do: 'quit' }]));
      expect(commands(facts({ phase }))).not.toContainEqual({ do: 'stop' });
    }
  });

  it('turns preferences round, and offers an update that is there', () => {
    const set = facts({}, { preferences: { keepAwake: true, startAtLogin: false }, update: '1.2.3' });
    expect(trayMenu(set)).toContainEqual(expect.objectContaining({ id: 'keepAwake', isChecked: true }));
    expect(commands(set)).toContainEqual({ do: 'set', preference: 'keepAwake', to: false });
    expect(labels(set)).toContain('Restart to update to 1.2.3');
  });

  it('speaks the language of its person, in what the core says too', () => {
    const german = speechIn('de');
    expect(labels(facts({ needsYou: 2, toReview: 1 }, { speech: german }))).toEqual([
      '2 Sachen warten auf Sie',
      'Nächster Beitrag: heute um 10:00',
      'Dashboard öffnen',
      'Ansehen, was auf Sie wartet',
      '1 neuen Beitrag prüfen',
      'Jetzt alles stoppen',
      'Computer wach halten, solange Beiträge fällig sind',
      'Bei der Anmeldung starten',
      'AutoSocial AI beenden',
    ]);
    const halt = 'The data could not be written down. Nothing is sent until that works again.';
    const later = facts({ halt, nextDueAt: now + 72 * 3_600_000 }, { speech: german });
    expect(labels(later)[0]).toMatch(/^Es wird nichts gesendet: /);
    expect(labels(later)[1]?.replace(',', '')).toBe('Nächster Beitrag: Do. 26. Nov. um 09:00');
    expect(trayHint(facts({}, { speech: speechIn('ar') }))).toBe(
      'AutoSocial AI\nكل شيء على ما يرام\nالمنشور التالي: اليوم الساعة 10:00 ص',
    );
  });

  it('says the same when it is pointed at, shortly', () => {
    expect(trayHint(facts())).toBe('AutoSocial AI\nAll in order\nNext post: today at 10:00');
    expect(trayHint(facts({ halt: 'x'.repeat(500) })).length).toBeLessThanOrEqual(120);
  });
});

describe('the menu', () => {
  const menuOf = (of: Partial<Parameters<typeof appMenu>[0]> = {}) => {
    const ran: Command[] = [];
    const template = appMenu(
      { platform: 'linux', isPackaged: true, profile: 'sandbox', standing: working, words: speech.words, ...of },
      (command) => ran.push(command),
    );
    const items = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    return { ran, items, roles: items.map(({ role }) => role) };
  };

  it('stops everything by a shortcut', () => {
    const { items, ran } = menuOf();
    const stop = items.find(({ id }) => id === 'stop');
    expect(stop).toMatchObject({ accelerator: 'CmdOrCtrl+Shift+K', enabled: true });
    stop?.click?.(undefined as never, undefined, undefined as never);
    expect(ran).toEqual([{ do: 'stop' }]);
  });

  it('speaks the language of its person', () => {
    const { items } = menuOf({ words: speechIn('fr').words, isPackaged: false });
    expect(items.find(({ id }) => id === 'stop')?.label).toBe('Tout arrêter maintenant');
    expect(items.find(({ role }) => role === 'reload')?.label).toBe('Recharger');
  });

  it('has no developer tools in a packaged app', () => {
    expect(menuOf().roles).not.toContain('toggleDevTools');
    expect(menuOf({ isPackaged: false }).roles).toContain('toggleDevTools');
  });

  it('has shortcuts that are all different', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const accelerators = menuOf({ platform }).items.flatMap(({ accelerator }) => accelerator ?? []);
      expect(new Set(accelerators).size).toBe(accelerators.length);
    }
  });
});

describe('the computer', () => {
  const wished = { isWished: true, isStopped: false, publishing: 0, nextDueAt: now + 60_000, now };

  it('stays awake while a post is due soon or being sent, if that is wished', () => {
    expect(shouldStayAwake(wished)).toBe(true);
    expect(shouldStayAwake({ ...wished, isWished: false })).toBe(false);
    expect(shouldStayAwake({ ...wished, nextDueAt: now + 3_600_000 })).toBe(false);
    expect(shouldStayAwake({ ...wished, nextDueAt: null })).toBe(false);
    expect(shouldStayAwake({ ...wished, nextDueAt: null, publishing: 1 })).toBe(true);
  });

  it('may sleep when everything is stopped', () => {
    expect(shouldStayAwake({ ...wished, publishing: 1, isStopped: true })).toBe(false);
  });
});
