import type { Activity } from './activity/activity.ts';
import type { Changes } from './activity/changes.ts';
import type { Ports } from './ports/index.ts';

/** What the services work with; each takes the parts it needs. */
export interface CoreDeps extends Ports {
  activity: Activity;
  changes: Changes;
  /** Why the app is locked (its key is missing or changed), or null. Asked at each use. */
  locked(): string | null;
}
