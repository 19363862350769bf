import { accounts } from './accounts.ts';
import { credentials, health, jobs, killSwitch, logActors, logs, settings, stats } from './admin.ts';
import { assist } from './assist.ts';
import { backups, diagnostics, takeOver } from './backups.ts';
import { brand } from './brand.ts';
import { clients } from './clients.ts';
import { drafts } from './drafts.ts';
import { events, host } from './events.ts';
import { insights } from './insights.ts';
import { media } from './media.ts';
import { pipeline } from './pipeline.ts';
import { lessons, review } from './review.ts';
import { rules } from './rules.ts';
import { usage } from './usage.ts';

/**
 * Everything the dashboard and the REST API can ask of the core.
 * REST paths are below `/api`; `events.watch` exists only on the WebSocket.
 */
export const contract = {
  health,
  host,
  stats,
  clients,
  brand,
  rules,
  accounts,
  pipeline,
  drafts,
  assist,
  review,
  lessons,
  media,
  insights,
  killSwitch,
  settings,
  credentials,
  jobs,
  usage,
  logs,
  logActors,
  backups,
  diagnostics,
  takeOver,
  events,
};
