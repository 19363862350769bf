import type { FigureName } from '../../../shared/domain/metrics.ts';

/** Everything that a report says, in one language. Counts come as they are written in it. */
export interface Words {
  language: string;
  /** For dates and numbers; digits are those of Latin in every language. */
  locale: string;
  direction: 'ltr' | 'rtl';
  /** Stands for an agency that has not entered its name. */
  agency: string;
  title: string;
  /** Beside the month while it is not over. */
  soFar: (day: string) => string;
  summary: {
    title: string;
    posts: (posts: string) => string;
    noPosts: string;
    views: (views: string) => string;
    more: (percent: string, month: string) => string;
    less: (percent: string, month: string) => string;
    same: (month: string) => string;
    interactions: (interactions: string) => string;
    grown: (followers: string, gained: string) => string;
    steady: (followers: string) => string;
    shrunk: (followers: string, lost: string) => string;
    best: (score: string) => string;
    nothing: string;
  };
  figure: Record<FigureName | 'interactions' | 'followers' | 'posts', string>;
  before: (value: string, month: string) => string;
  nothingBefore: string;
  notGiven: (networks: string) => string;
  dash: string;
  viewsByDay: string;
  followersByDay: string;
  networks: string;
  network: string;
  best: string;
  bestHow: string;
  score: (score: string) => string;
  views: (views: string) => string;
  interactions: (interactions: string) => string;
  postOf: (day: string) => string;
  noPostsYet: string;
  calendar: string;
  postsOn: (posts: string) => string;
  times: string;
  timesBest: (hours: string) => string;
  timesTooFew: (posts: string, minimum: string) => string;
  timesNone: string;
  hour: (weekday: string, time: string) => string;
  plan: string;
  planNothing: string;
  planMore: (posts: string) => string;
  approved: string;
  open: string;
  foot: (agency: string, client: string) => string;
  page: (page: string, of: string) => string;
  counted: string;
}
