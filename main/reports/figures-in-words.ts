import type { Figures, Overview } from '../../shared/contract/insights.ts';
import { type FigureName, figuresOfNetwork } from '../../shared/domain/metrics.ts';
import { type Platform, platformNames } from '../../shared/domain/platform.ts';
import type { Words } from './words/index.ts';

/** Numbers and days as a language writes them. */
export interface Speech {
  number(value: number): string;
  short(value: number): string;
  score(value: number): string;
  /** How much more or less, without a sign. */
  percent(now: number, before: number): string;
  /** `November 2026`. @param month `2026-11` */
  month(month: string): string;
  /** `24 Nov`. @param day `2026-11-24` */
  day(day: string): string;
  /** `Tue, 24 Nov, 18:00` on the client's clock. */
  moment(at: number): string;
  /** 1 is Monday. */
  weekday(weekday: number, style: 'short' | 'long'): string;
  hour(hour: number): string;
  /** The day that weeks begin with; 1 is Monday. */
  firstWeekday: number;
  list(parts: readonly string[]): string;
}

/** Numbers and dates as the report's language writes them; moments on the client's clock. */
export function speechOf({ locale }: Words, timezone: string): Speech {
  const numbers = new Intl.NumberFormat(locale);
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const score = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = (parts: Intl.DateTimeFormatOptions, zone = 'UTC') => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...parts });
    return (at: number) => format.format(at);
  };
  const month = date({ month: 'long', year: 'numeric' });
  const day = date({ day: 'numeric', month: 'short' });
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const moment = date({ weekday: 'short', day: 'numeric', month: 'short', ...clock }, timezone);
  const weekdays = { short: date({ weekday: 'short' }), long: date({ weekday: 'long' }) };
  const hour = date(clock);
  return {
    number: (value) => numbers.format(value),
    short: (value) => short.format(value),
    score: (value) => score.format(value),
    percent: (now, before) => percent.format(Math.abs(now - before) / before),
    month: (name) => month(Date.parse(`${name}-01`)),
    day: (name) => day(Date.parse(name)),
    moment: (at) => moment(at),
    // 5 January 2026 was a Monday.
    weekday: (index, style) => weekdays[style](Date.UTC(2026, 0, 4 + index)),
    firstWeekday:
      (new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } }).getWeekInfo?.().firstDay ?? 1,
    hour: (index) => hour(Date.UTC(2026, 0, 1, index)),
    list: (parts) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
  };
}

/** The month in a few plain sentences; each says one thing, and nothing is said that is not known. */
export function summaryOf(
  { now, before, periodBefore }: Overview,
  bestScore: number | null,
  words: Words,
  speech: Speech,
): string[] {
  const { summary } = words;
  const month = speech.month(periodBefore.from.slice(0, 7));
  const sentences = [now.posts === 0 ? summary.noPosts : summary.posts(speech.number(now.posts))];
  if (now.views !== null) {
    const seen = summary.views(speech.number(now.views));
    sentences.push(before.views ? `${seen}${comma(words)} ${changeOf(now.views, before.views, month)}` : `${seen}.`);
  } else {
    sentences.push(summary.nothing);
  }
  if (now.interactions !== null && now.interactions > 0) {
    sentences.push(summary.interactions(speech.number(now.interactions)));
  }
  if (now.followers !== null) sentences.push(followersOf(now.followers, now.followersGained ?? 0));
  if (bestScore !== null && bestScore >= 1.2) sentences.push(summary.best(speech.score(bestScore)));
  return sentences;

  function changeOf(value: number, earlier: number, than: string): string {
    if (value === earlier) return summary.same(than);
    const percent = speech.percent(value, earlier);
    return value > earlier ? summary.more(percent, than) : summary.less(percent, than);
  }

  function followersOf(count: number, gained: number): string {
    const followers = speech.number(count);
    if (gained === 0) return summary.steady(followers);
    const by = speech.number(Math.abs(gained));
    return gained > 0 ? summary.grown(followers, by) : summary.shrunk(followers, by);
  }
}

/** Which of these networks never tell a figure, in words; null when all do. */
export function silenceOf(
  name: keyof Figures,
  networks: readonly Platform[],
  words: Words,
  speech: Speech,
): string | null {
  const told: Record<Platform, readonly string[]> = figuresOfNetwork;
  const isTold = Object.values(told).some((names) => names.includes(name as FigureName));
  const silent = isTold ? networks.filter((network) => !told[network].includes(name)) : [];
  return silent.length === 0 ? null : words.notGiven(speech.list(silent.map((network) => platformNames[network])));
}

function comma({ direction }: Words): string {
  return direction === 'rtl' ? '،' : ',';
}
