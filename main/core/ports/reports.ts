import type { BestTimes, Overview } from '../../../shared/contract/insights.ts';
import type { Platform } from '../../../shared/domain/platform.ts';

/** What stands in a client's report of a month; words and looks are the adapter's. */
export interface Report {
  agency: {
    name: string;
    /** `#rrggbb`; null for the app's own. */
    color: string | null;
    /** A PNG in base64. */
    logo: string | null;
  };
  clientName: string;
  /** The client's, as BCP 47; of those that there are no words in, English is written. */
  language: string;
  /** The client's IANA zone. */
  timezone: string;
  /** `2026-11`. */
  month: string;
  /** The month is not over yet. */
  isRunning: boolean;
  /** UTC ms. */
  madeAt: number;
  overview: Overview;
  /** The best first. */
  best: readonly ReportedPost[];
  times: BestTimes;
  /** What went live on each day of the month, by the client's clock. */
  calendar: readonly { day: string; posts: number }[];
  /** What is planned after the month, the earliest first. */
  plan: readonly PlannedPost[];
  /** How many more are planned than are listed. */
  planLeftOut: number;
}

export interface ReportedPost {
  caption: string;
  /** UTC ms. */
  publishedAt: number;
  platforms: readonly Platform[];
  score: number | null;
  views: number | null;
  interactions: number | null;
  /** A JPEG. */
  picture: Uint8Array | null;
}

export interface PlannedPost {
  /** UTC ms. */
  at: number;
  caption: string;
  platforms: readonly Platform[];
  isApproved: boolean;
}

/** Writes reports that a client reads. */
export interface Reports {
  /** @returns a PDF */
  monthly(report: Report): Promise<Uint8Array>;
}
