/** The `error` object of a Groq error body. */
export interface GroqErrorBody {
  message: string;
  type: string;
  code?: string;
  param?: string;
  failed_generation?: string;
}

/** Thrown by whatever refuses a request; becomes `{"error": …}` with its HTTP status. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: GroqErrorBody;
  readonly headers: Record<string, string>;

  constructor(status: number, body: GroqErrorBody, headers: Record<string, string> = {}) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  toResponse(headers: Record<string, string> = {}): Response {
    return Response.json({ error: this.body }, { status: this.status, headers: { ...headers, ...this.headers } });
  }
}

export function invalidRequest(message: string, more: Partial<GroqErrorBody> = {}): Refusal {
  return new Refusal(400, { message, type: 'invalid_request_error', ...more });
}

export function modelNotFound(id: string): Refusal {
  return new Refusal(404, {
    message: `The model \`${id}\` does not exist or you do not have access to it.`,
    type: 'invalid_request_error',
    code: 'model_not_found',
  });
}
