import type { GraphRequest } from './request.ts';
import type { World } from './state.ts';
import type { Session } from './tokens.ts';

/** One authenticated Graph call on one node, as the handlers get it. */
export interface Call {
  world: World;
  request: GraphRequest;
  session: Session;
  /** Which host was called. */
  product: 'facebook' | 'instagram';
  /** The node of the path; `me` is already resolved. */
  id: string;
  /** Facts for the ledger; never a token. */
  detail: Record<string, unknown>;
}

/** Returns the JSON answer; refuses by throwing a GraphFailure, before anything has changed. */
export type Handler = (call: Call) => Promise<object> | object;
