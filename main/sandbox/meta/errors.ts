import { randomBytes } from 'node:crypto';

export interface GraphErrorFields {
  code: number;
  subcode?: number;
  message: string;
  /** `error_user_title` and `error_user_msg`, meant for the person who posts. */
  title?: string;
  userMessage?: string;
  transient?: boolean;
  /** HTTP status; by default the one that Graph uses for the code. */
  status?: number;
}

/** An answer in Graph's error shape. Thrown by handlers, written by {@link errorBody}. */
export class GraphFailure extends Error {
  readonly fields: GraphErrorFields;

  constructor(fields: GraphErrorFields) {
    super(fields.message);
    this.name = 'GraphFailure';
    this.fields = fields;
  }

  get status(): number {
    return this.fields.status ?? statusOf(this.fields.code);
  }
}

/** The body of a Graph error, as Meta's error-handling guide describes it. */
export function errorBody(fields: GraphErrorFields): object {
  const person =
    fields.userMessage === undefined ? {} : { error_user_title: fields.title, error_user_msg: fields.userMessage };
  return {
    error: {
      message: fields.message,
      type: 'OAuthException',
      code: fields.code,
      ...(fields.subcode === undefined ? {} : { error_subcode: fields.subcode }),
      is_transient: fields.transient ?? isTransient(fields.code),
      ...person,
      fbtrace_id: `A${randomBytes(16).toString('base64url')}`,
    },
  };
}

/** Mostly 400; 403 for permissions and most limits, 500 when Meta itself failed; 80002 is known to come as 400. */
function statusOf(code: number): number {
  if (code === 1 || code === 2) return 500;
  if (code === 10 || (code >= 200 && code <= 299)) return 403;
  return [4, 17, 32, 341, 80001].includes(code) ? 403 : 400;
}

function isTransient(code: number): boolean {
  return code === 1 || code === 2 || code === -1 || code === -2;
}

/** `(#100)`: a parameter is missing, unknown or wrong. */
export function badParameter(message: string, subcode?: number, userMessage?: string): GraphFailure {
  return new GraphFailure({
    code: 100,
    subcode,
    message: `(#100) ${message}`,
    title: 'Invalid parameter',
    userMessage,
  });
}

/** 100/33: the object is not there, or the token may not see it; Graph does not tell which. */
export function missingObject(method: string, id: string): GraphFailure {
  const message = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`;
  return new GraphFailure({ code: 100, subcode: 33, message });
}

export function missingScope(scope: string): GraphFailure {
  return new GraphFailure({
    code: 200,
    message: `(#200) Requires ${scope} permission to manage the object`,
  });
}

export function missingTask(task: string): GraphFailure {
  return new GraphFailure({
    code: 200,
    message: `(#200) The user must be able to perform the ${task} task on the Page`,
  });
}

/** Errors of Instagram publishing: Meta's own title and message are shown to the person who posts. */
export function instagramFailure(code: number, subcode: number, message: string, userMessage: string): GraphFailure {
  return new GraphFailure({ code, subcode, message, title: message, userMessage, status: 400 });
}
