import type { Problem } from '../../shared/contract/common.ts';

/** What a caller did that cannot be done; the message is for a person. */
export class NotFound extends Error {
  override name = 'NotFound';
  readonly what: string;
  readonly id: string;

  constructor(what: string, id: string) {
    super(`There is no ${what} with this id.`);
    this.what = what;
    this.id = id;
  }
}

/** The present state does not allow it. */
export class Conflict extends Error {
  override name = 'Conflict';
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Well-formed, but it cannot be used. */
export class Unprocessable extends Error {
  override name = 'Unprocessable';
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems[0]?.message ?? 'Some of this cannot be used.');
    this.problems = problems;
  }
}

/** The key that opens the tokens is missing or changed; nothing is sent and nothing is overwritten. */
export class Locked extends Error {
  override name = 'Locked';
}
