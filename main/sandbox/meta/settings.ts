/** How the simulated Meta behaves where the real one varies or is not documented. May be changed at any time. */
export interface MetaSettings {
  /** Status reads that answer `IN_PROGRESS` before an Instagram container is ready. */
  containerPolls: number;
  /** Status reads that answer `processing` before a Facebook video is ready. */
  videoPolls: number;
  /** Instagram publishes in 24 h; Meta's guides say 100 and 50. */
  quotaTotal: number;
  /** What a second `media_publish` of one container answers; not documented. */
  secondMediaPublish: 'error' | 'same-id';
  /** Milliseconds until a new post appears in listings. */
  lookupLagMs: number;
  /** Whether a Page post with the text of one from the last 24 h is refused with code 506. */
  duplicatePosts: 'accept' | 'refuse';
  /** Meta's docs wrap the answer of api.instagram.com in `data`, the live service was seen flat. */
  instagramTokenShape: 'flat' | 'wrapped';
  /** Percent used, as told in `X-App-Usage`. */
  appUsage: number;
  /** Percent used, as told in `X-Business-Use-Case-Usage`. */
  businessUsage: number;
  /** Minutes, as told in `X-Business-Use-Case-Usage`. */
  minutesToRegainAccess: number;
  /** Whether the apps' owner made `appsecret_proof` mandatory. */
  requireAppsecretProof: boolean;
  /** Metrics that have been taken away since. */
  removedMetrics: string[];
}

export function defaultSettings(): MetaSettings {
  return {
    containerPolls: 1,
    videoPolls: 1,
    quotaTotal: 100,
    secondMediaPublish: 'error',
    lookupLagMs: 0,
    duplicatePosts: 'accept',
    instagramTokenShape: 'flat',
    appUsage: 1,
    businessUsage: 1,
    minutesToRegainAccess: 0,
    requireAppsecretProof: false,
    removedMetrics: [],
  };
}
