import { type Platform, platforms } from '../../../../shared/domain/platform.ts';
import { type PostOrder, postOrders } from '../../../../shared/domain/post.ts';
import { type NeedKind, needKinds } from '../../../../shared/domain/need.ts';
import { type PostGroup, postGroupNames } from '../post-groups.ts';

/** Which posts a person wants to see. Empty lists mean all; days are `YYYY-MM-DD` on this computer's calendar. */
export interface PostFilter {
  groups: readonly PostGroup[];
  /** Only those that wait for a person in this way. */
  need?: NeedKind;
  clients: readonly string[];
  networks: readonly Platform[];
  /** First and last day, both included. */
  from?: string;
  to?: string;
  /** Words of caption, hashtags or client. */
  text: string;
}

/** The same, with how it is shown, as the address of the page says it. Several values of a name are joined by commas. */
export interface PostSearch {
  show?: string;
  need?: NeedKind;
  client?: string;
  network?: string;
  from?: string;
  to?: string;
  q?: string;
  view?: PostViewName;
  sort?: PostOrder;
}

export const postViews = ['table', 'board'] as const;
export type PostViewName = (typeof postViews)[number];

/** The longest text that is looked for. */
export const longestText = 200;

/** What of an address is a filter; anything else is left out. */
export function postSearch(search: Record<string, unknown>): PostSearch {
  return {
    ...searchOf(filterOf(search)),
    ...given('view', oneOf(postViews, search['view'])),
    ...given('sort', oneOf(postOrders, search['sort'])),
  };
}

/** The filter that an address names. */
export function filterOf(search: PostSearch | Record<string, unknown>): PostFilter {
  const from = day(search.from);
  const to = day(search.to);
  return {
    groups: listOf(search.show).flatMap((name) => oneOf(postGroupNames, name) ?? []),
    ...given('need', oneOf(needKinds, search.need)),
    clients: listOf(search.client).filter((id) => id.length <= 64),
    networks: listOf(search.network).flatMap((name) => oneOf(platforms, name) ?? []),
    ...given('from', from),
    ...given('to', to !== undefined && from !== undefined && to < from ? from : to),
    text: plainText(search.q),
  };
}

/** The address of a filter; what means all is not named. */
export function searchOf({ groups, need, clients, networks, from, to, text }: PostFilter): PostSearch {
  return {
    ...given('show', groups.join(',') || undefined),
    ...given('need', need),
    ...given('client', clients.join(',') || undefined),
    ...given('network', networks.join(',') || undefined),
    ...given('from', from),
    ...given('to', to),
    ...given('q', text || undefined),
  };
}

/** Whether it leaves anything out but by its tab. */
export function isNarrow({ need, clients, networks, from, to, text }: PostFilter): boolean {
  return [need, from, to].some((part) => part !== undefined) || clients.length + networks.length + text.length > 0;
}

/** A day of the calendar, if the text is one. */
export function day(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  const ms = Date.parse(`${value}T00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value) && value >= '1970-01-02' ? value : undefined;
}

/** Text that the server takes: well-formed, without control characters, and not too long. */
export function plainText(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const words = String(value)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ');
  return words.trim().slice(0, longestText).toWellFormed();
}

function listOf(value: unknown): string[] {
  const parts = typeof value === 'string' ? value.split(',') : [];
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))].slice(0, 50);
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

function given<K extends string, T>(key: K, value: T | undefined): { [key in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: T };
}
