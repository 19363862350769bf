import type { Secret } from '../core/ports/secrets.ts';
import type { Log } from '../core/ports/log.ts';
import type { Clock } from '../core/ports/time.ts';
import type { Handouts } from './handouts.ts';
import type { Http } from './http.ts';
import type { RateGauge } from './rate-gauge.ts';

/** Origins without a trailing slash, e.g. `https://graph.facebook.com`. */
export interface Endpoints {
  facebookGraph: string;
  facebookVideo: string;
  facebookWww: string;
  facebookRupload: string;
  instagramGraph: string;
  instagramApi: string;
  instagramWww: string;
  tiktokApi: string;
  tiktokWww: string;
}

/** The agency's own apps at the networks; a missing one is not set up yet. */
export interface AppCredentials {
  meta?: { appId: string; appSecret: Secret };
  /** Of Instagram's own login: another id and secret than the Meta app's. */
  instagram?: { appId: string; appSecret: Secret };
  tiktok?: { clientKey: string; clientSecret: Secret };
}

/** Ends after `ms`, or throws the signal's reason as soon as it is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** What every network's code takes from outside. */
export interface Context {
  http: Http;
  clock: Clock;
  wait: Wait;
  log: Log;
  endpoints: Endpoints;
  /** e.g. `v26.0`. */
  graphVersion: string;
  /** Read at each use: a person may change them at any time. */
  credentials: () => Promise<AppCredentials>;
  /** Whether Facebook posts are created unpublished first and made visible by a second call. */
  facebookTwoPhase: () => Promise<boolean>;
  rates: RateGauge;
  handouts: Handouts;
}
