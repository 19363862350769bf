export const activityTabs = ['log', 'jobs', 'usage'] as const;
export type ActivityTab = (typeof activityTabs)[number];

/** What entries can be about, and the topics of the log (what stands before the dot of a kind) that belong to it. */
export const abouts = {
  posts: 'post,comment',
  writing: 'posts,generation',
  clients: 'client,brand,rules,onboarding',
  accounts: 'account',
  media: 'media',
  stops: 'kill_switch,stop_file',
  money: 'budget',
  app: 'job,backup,clock,store,settings,credentials,summary,lease',
} as const;
export type About = keyof typeof abouts;

/** Which entries of the log are wanted; what is left out does not matter. */
export interface LogFilter {
  level?: 'warning' | 'error';
  client?: string;
  /** As the log names them: a person, `api`, `job:<name>`. */
  who?: string;
  about?: About;
  /** Days of this computer's calendar, `2026-11-24`, both included. */
  from?: string;
  to?: string;
  find?: string;
}

export type ActivitySearch = LogFilter & {
  tab?: ActivityTab;
  /** Of the usage, `2026-11`. */
  month?: string;
};

/** What the page's address says; whatever does not fit is left out. */
export function activitySearch(search: Record<string, unknown>): ActivitySearch {
  const { tab, level, about } = search;
  return {
    ...(isOneOf(activityTabs, tab) && { tab }),
    ...(isOneOf(['warning', 'error'] as const, level) && { level }),
    ...(isOneOf(Object.keys(abouts) as About[], about) && { about }),
    ...text('client', search.client, 64),
    ...text('who', search.who, 200),
    ...text('find', search.find, 200),
    ...day('from', search.from),
    ...day('to', search.to),
    ...(typeof search.month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(search.month) && { month: search.month }),
  };
}

function isOneOf<T>(allowed: readonly T[], value: unknown): value is T {
  return (allowed as readonly unknown[]).includes(value);
}

function text<K extends string>(key: K, value: unknown, most: number) {
  const isText = typeof value === 'string' && value !== '' && value.length <= most;
  return (isText ? { [key]: value } : {}) as { [key in K]?: string };
}

function day<K extends string>(key: K, value: unknown) {
  const isDay =
    typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00Z`));
  return (isDay ? { [key]: value } : {}) as { [key in K]?: string };
}
