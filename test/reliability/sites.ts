import { canHappen, faultKinds, type SiteKind } from './faults.ts';
import type { Tally } from './tally.ts';

/** Where the app meets the world when it publishes; a proof that did not strike there was blind. */
const sites: Record<string, SiteKind> = {
  timer: 'timer',
  begin: 'write',
  commit: 'write',
  'control.killSwitches': 'read',
  'targets.due': 'read',
  'targets.get': 'read',
  'targets.update': 'write',
  'posts.update': 'write',
  'accounts.get': 'read',
  'attempts.insert': 'write',
  'attempts.update': 'write',
  'attempts.record': 'write',
  'attempts.listOpen': 'read',
  'attempts.isBound': 'read',
  'networks.prepare': 'network',
  'networks.lookUp': 'network',
  'comments.lookUp': 'network',
  'http.publish': 'network',
  'http.comment': 'network',
};

/** Sites and faults that were met less often than that, each as `http.publish × kill: 3`. */
export function blindSpots(tally: Tally, leastOften: number): string[] {
  return Object.entries(sites).flatMap(([site, kind]) =>
    faultKinds
      .filter((fault) => canHappen(fault, kind))
      .map((fault) => `${site} × ${fault}`)
      .filter((name) => (tally.sites[name] ?? 0) < leastOften)
      .map((name) => `${name}: ${tally.sites[name] ?? 0}`),
  );
}
