import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MetaOrigins } from '../../main/sandbox/meta/state.ts';

/** A request that writes something: its path, and when it arrived in UTC ms. */
export interface Write {
  path: string;
  at: number;
}

export type Question = { kind: 'consent'; dialog: string } | { kind: 'writes' } | { kind: 'forget' };
export type Answer =
  | { kind: 'ready'; app: { id: string; secret: string }; origins: MetaOrigins; pageIds: string[] }
  | { kind: 'consent'; back: string }
  | { kind: 'writes'; writes: Write[] }
  | { kind: 'forget' };

/** The simulated Facebook in a process of its own. */
export interface Meta {
  /** Makes the host's live profile speak with it. */
  environment: Record<string, string>;
  pageIds: string[];
  /** Agrees to a login dialog with all Pages. @returns the address the browser is sent back to */
  consent(dialog: string): Promise<string>;
  /** Since the last {@link Meta.forget}. */
  writes(): Promise<Write[]>;
  forget(): Promise<void>;
  close(): void;
}

/**
 * @param pages how many Pages the person has who logs in
 * @param answerAfterMs how long it takes with every call
 */
export async function startMeta(pages: number, answerAfterMs: number): Promise<Meta> {
  const child = fork(
    fileURLToPath(new URL('meta-process.ts', import.meta.url)),
    [String(pages), String(answerAfterMs)],
    {
      execArgv: ['--experimental-strip-types', '--no-warnings'],
    },
  );
  const { app, origins, pageIds } = await next(child, 'ready');
  const ask = <K extends Question['kind']>(question: Question & { kind: K }): Promise<Answer & { kind: K }> => {
    const answer = next(child, question.kind);
    child.send(question);
    return answer as Promise<Answer & { kind: K }>;
  };
  return {
    environment: {
      AUTOSOCIAL_PROFILE: 'live',
      META_APP_ID: app.id,
      META_APP_SECRET: app.secret,
      FACEBOOK_GRAPH_BASE_URL: origins.graph,
      FACEBOOK_WWW_BASE_URL: origins.www,
      FACEBOOK_RUPLOAD_BASE_URL: origins.rupload,
    },
    pageIds,
    consent: async (dialog) => (await ask({ kind: 'consent', dialog })).back,
    writes: async () => (await ask({ kind: 'writes' })).writes,
    forget: async () => {
      await ask({ kind: 'forget' });
    },
    close: () => child.disconnect(),
  };
}

/** The next message of the child, which answers one question at a time. */
async function next<K extends Answer['kind']>(child: ChildProcess, kind: K): Promise<Answer & { kind: K }> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The simulated Facebook ended.');
  });
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer];
  if (answer.kind !== kind) throw new Error(`The simulated Facebook answered ${answer.kind} instead of ${kind}.`);
  return answer as Answer & { kind: K };
}
