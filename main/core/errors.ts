import type { Problem } from '../../shared/contract/common.ts';

const notThere = {
  account: 'There is no account with this id.',
  backup: 'There is no backup with this id.',
  client: 'There is no client with this id.',
  'deleted post': 'There is no deleted post with this id.',
  draft: 'There is no draft with this id.',
  job: 'There is no job of this name.',
  lesson: 'There is no lesson with this id.',
  media: 'There is no media with this id.',
  'onboarding link': 'There is no onboarding link with this id.',
  post: 'There is no post with this id.',
  target: 'There is no target with this id.',
  writing: 'Nothing is being written for this client.',
} as const;

/** What a caller did that cannot be done; the message is for a person. */
export class NotFound extends Error {
  override name = 'NotFound';
  readonly what: string;
  readonly id: string;

  constructor(what: keyof typeof notThere, id: string) {
    super(notThere[what]);
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
