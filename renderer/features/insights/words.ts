import type { Figures, Period } from '../../../shared/contract/insights.ts';
import { type FigureName, figureNames, figuresOfNetwork } from '../../../shared/domain/metrics.ts';
import { type Platform, platformNames } from '../../../shared/domain/platform.ts';
import { dateFormat, formatList, formatNumber } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';

/** A number in little room: `12K`. */
export function shortNumberOf(value: number): string {
  return formatNumber(value, { notation: 'compact', maximumFractionDigits: 1 });
}

/** `+12`, `−3`, `0`. */
export function signedOf(value: number): string {
  return formatNumber(value, { signDisplay: 'exceptZero' });
}

/** `1.8` for a score. */
export function scoreOf(score: number): string {
  return formatNumber(score, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** How much more or less it is than before, as `+12%`; null where that cannot be said. */
export function percentOf(now: number | null, before: number | null): string | null {
  if (now === null || before === null || before === 0) return null;
  return formatNumber((now - before) / before, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 0,
  });
}

/** `4 Nov – 1 Dec 2026`. */
export function periodWords({ from, to }: Period): string {
  return dayFormat({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(Date.parse(from), Date.parse(to));
}

/** `24 Nov`. @param day `2026-11-24` */
export function dayWords(day: string): string {
  return dayFormat({ day: 'numeric', month: 'short' }).format(Date.parse(day));
}

/** `November 2026`. @param month `2026-11` */
export function monthWords(month: string): string {
  return dayFormat({ month: 'long', year: 'numeric' }).format(Date.parse(`${month}-01`));
}

/** `Tue`, or `Tuesday`. @param weekday 1 is Monday */
export function weekdayWords(weekday: number, style: 'short' | 'long'): string {
  // 5 January 2026 was a Monday.
  return dayFormat({ weekday: style }).format(Date.UTC(2026, 0, 4 + weekday));
}

/** `18:00` or `6 PM`. */
export function hourWords(hour: number): string {
  return dayFormat({ hour: 'numeric', minute: '2-digit' }).format(Date.UTC(2026, 0, 1, hour));
}

/** Names of networks in a sentence: `TikTok and Facebook`. */
export function networksInWords(networks: readonly Platform[]): string {
  return formatList(networks.map((one) => platformNames[one]));
}

/** Those of these networks that never tell a figure. */
export function silentOn(name: keyof Figures, networks: readonly Platform[]): Platform[] {
  const told = figureNames.find((figure) => figure === name);
  if (told === undefined) return [];
  return networks.filter((network) => !(figuresOfNetwork[network] as readonly FigureName[]).includes(told));
}

/** Why a figure is not there. */
export function absenceWords(name: keyof Figures, networks: readonly Platform[]): string {
  return networks.length > 0 && silentOn(name, networks).length === networks.length
    ? t('insights:notGivenShort')
    : t('insights:unknown');
}

function dayFormat(parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return dateFormat({ timeZone: 'UTC', ...parts });
}
