// Facebook and Instagram, simulated, in a process of their own, so that their work is not counted as ours.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { startMetaSimulator } from '../../main/sandbox/meta/index.ts';
import type { Answer, Question } from './meta.ts';

const app = { id: '700100200300400', secret: 'app-secret-of-the-benchmark' };
const pages = Number(process.argv[2]);
/** Ms that every call takes, as over the internet; 0 answers at once. */
const answerAfterMs = Number(process.argv[3]);

const meta = await startMetaSimulator({ now: () => Date.now(), dir: null });
meta.registerApp({ ...app, redirectUris: [], development: true });
const person = meta.addPerson({
  name: 'Bea Bench',
  pages: Array.from({ length: pages }, (_, index) => ({ name: `Page ${index + 1}` })),
});

if (answerAfterMs > 0) {
  meta.faults.add({ operation: '*', kind: 'slow', times: Number.POSITIVE_INFINITY, value: answerAfterMs });
}

/** Requests that write something, in the order of their arrival, before the simulator has done anything about them. */
let writes: { path: string; at: number }[] = [];
subscribe('http.server.request.start', (message) => {
  const at = Date.now();
  const { request } = message as { request: IncomingMessage };
  if (request.method === 'POST') writes.push({ path: request.url ?? '', at });
});

process.on('message', (question: Question) => answer(question));
process.on('disconnect', () => process.exit());
tell({ kind: 'ready', app, origins: meta.origins, pageIds: person.roles.map(({ pageId }) => pageId) });

function answer(question: Question): void {
  switch (question.kind) {
    case 'consent': {
      const dialog = new URL(question.dialog).searchParams;
      const redirectUri = dialog.get('redirect_uri') ?? '';
      const scopes = (dialog.get('scope') ?? '').split(',');
      const code = meta.consent({ personId: person.id, appId: app.id, redirectUri, scopes });
      const query = new URLSearchParams({ code, state: dialog.get('state') ?? '' });
      return tell({ kind: 'consent', back: `${redirectUri}?${query}` });
    }
    case 'writes':
      return tell({ kind: 'writes', writes });
    case 'forget':
      writes = [];
      return tell({ kind: 'forget' });
  }
}

function tell(said: Answer): void {
  process.send?.(said);
}
