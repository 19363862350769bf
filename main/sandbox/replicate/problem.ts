/** One entry of `invalid_fields` in a 422 answer. */
export interface InvalidField {
  type:
    | 'required'
    | 'enum'
    | 'additional_property_not_allowed'
    | 'invalid_type'
    | 'number_gte'
    | 'number_lte'
    | 'format';
  field: string;
  description: string;
}

/** Thrown by whatever refuses a request; becomes a problem document with its HTTP status. */
export class Problem extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}) {
    super(String(body.detail));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  toResponse(headers: Record<string, string> = {}): Response {
    return Response.json(this.body, { status: this.status, headers: { ...headers, ...this.headers } });
  }
}

export function unauthenticated(): Problem {
  return new Problem(
    401,
    { title: 'Unauthenticated', detail: 'You did not pass a valid authentication token', status: 401 },
    { 'content-type': 'application/problem+json' },
  );
}

export function insufficientCredit(): Problem {
  return new Problem(402, {
    title: 'Insufficient credit',
    detail:
      'You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit. Once you purchase credit, please wait a few minutes before trying again.',
    status: 402,
  });
}

export function notFound(): Problem {
  return new Problem(404, { detail: 'The requested resource could not be found.', status: 404 });
}

export function invalidVersion(): Problem {
  return new Problem(422, {
    title: 'Invalid version or not permitted',
    detail: 'The specified version does not exist (or perhaps you do not have permission to use it?)',
    status: 422,
  });
}

export function invalidInput(fields: InvalidField[]): Problem {
  return new Problem(422, {
    detail: fields.map(({ field, description }) => `- ${field}: ${description}\n`).join(''),
    status: 422,
    title: 'Input validation failed',
    invalid_fields: fields,
  });
}

/** The three forms in which Replicate says "too many": text only, low credit with `retry_after`, and with a header. */
export function throttled(form: 'throttled' | 'throttled-low-credit' | 'throttled-header', seconds = 30): Problem {
  switch (form) {
    case 'throttled':
      return new Problem(429, {
        detail: `Request was throttled. Your rate limit resets in ~${seconds}s.`,
        status: 429,
      });
    case 'throttled-low-credit':
      return new Problem(429, {
        detail:
          'Request was throttled. Your rate limit for creating predictions is reduced to 6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit. Your rate limit resets in ~9s.',
        status: 429,
        retry_after: 9,
      });
    case 'throttled-header':
      return new Problem(
        429,
        { detail: `Request was throttled. Your rate limit resets in ~${seconds}s.`, status: 429 },
        { 'retry-after': String(seconds) },
      );
  }
}
