import { html } from 'hono/html';
import type { BackupOccasion, BackupRecord } from '../core/ports/index.ts';
import type { StoreUnusable } from '../store/unusable.ts';
import { page } from './pages.ts';

/** As many as are seen at a glance; the rest unfolds. */
const shownAtOnce = 5;

/** What is wrong with the data, and everything that can be done about it. */
export function rescuePage(state: {
  problem: StoreUnusable;
  failure: string | null;
  possible: { restore: boolean; salvage: boolean };
  /** Null when their folder cannot be read. */
  backups: readonly BackupRecord[] | null;
}) {
  const { problem, failure, possible } = state;
  const backups = state.backups ?? [];
  const none = state.backups === null ? 'The folder of the backups cannot be read.' : 'There is no backup yet.';
  const first = backups.slice(0, shownAtOnce);
  const rest = backups.slice(shownAtOnce);
  const restore = html`<h2>Restore a backup</h2>
    <p>The data as it was then comes back. The present file is kept beside it. Nothing is sent before every post that
      was due since has been looked up on its network.</p>
    ${backups.length === 0 ? html`<p class="bad">${none}</p>` : html`<ul>${first.map(backupItem)}</ul>`}
    ${rest.length === 0 ? '' : html`<details><summary>${rest.length} older ones</summary><ul>${rest.map(backupItem)}</ul></details>`}
    <p class="small">Backups hold logins as ciphertext only. The key that opens them is not in them: keep it apart.</p>`;
  const salvage = html`<h2>Save what can be read</h2>
    <p>Everything that is still readable goes into a new file; what lies in the damaged places is lost. The damaged
      file is kept. A backup, if it is young enough, is the better choice.</p>
    ${action('/api/rescue/salvage', 'Save what can be read', 'Saving what can be read. The app starts anew by itself.', 'plain')}`;
  return page(
    'Your data cannot be opened',
    html`${about(problem)}
      <p>Nothing was changed, and nothing is being sent to any network.${problem.mayPass ? ' The app starts by itself once this is solved.' : ''}</p>
      ${failure === null ? '' : html`<p class="alert bad">What you tried did not work: ${failure}</p>`}
      <p class="alert" data-say role="status" hidden></p>
      ${possible.restore ? restore : ''}
      ${possible.salvage ? salvage : ''}
      <h2>${possible.restore ? 'Or put it right yourself' : 'When you have put it right'}</h2>
      <p>Then let the app look again.</p>
      <div class="row">${action('/api/rescue/try-again', 'Look again', 'Looking again …', possible.restore ? 'plain' : '')}
        <a class="button plain" href="/api/admin/diagnostics" download>Download diagnostics</a></div>
      <script type="module" src="/rescue.js"></script>`,
    { wide: true },
  );
}

/** The same log-in as the dashboard's, without the dashboard. */
export function rescueLoginPage() {
  return page(
    'Sign in to AutoSocial AI',
    html`<p>The app could not open its data. Sign in to see why, and what can be done.</p>
      <p class="alert bad" data-say role="alert" hidden></p>
      <form data-login method="post" action="/login">
        <label class="field">Sign-in link or API token
          <input name="credential" type="password" autocomplete="off" required autofocus></label>
        <button type="submit">Sign in</button>
      </form>
      <p class="small">The server prints a link that signs you in once. Open the newest one, or paste it here.</p>
      <script type="module" src="/rescue.js"></script>`,
  );
}

const occasions: Record<BackupOccasion, string> = {
  hourly: 'taken by itself',
  update: 'before an update',
  quit: 'when the app was closed',
  restore: 'before a restore',
  person: 'taken by hand',
};

function backupItem({ id, takenAt, occasion, posts, clients }: BackupRecord) {
  const about = [occasions[occasion], counted(posts, 'post'), counted(clients, 'client')].join(' · ');
  return html`<li><span><strong>${when(takenAt)}</strong><small>${about}</small></span>
    ${action(`/api/admin/backups/${encodeURIComponent(id)}/restore`, 'Restore', 'Restoring. The app starts anew by itself.')}</li>`;
}

/** What these problems say of themselves has terms in it that help only who helps. */
const inShort: Partial<Record<string, string>> = {
  StoreDamaged: 'The file that holds your data is damaged.',
  NotADatabase: 'What lies in the place of your data is no database.',
  ForeignDatabase: 'What lies in the place of your data belongs to another program.',
  NewerDatabase: 'This data was last used by a newer version of AutoSocial AI. Update the app to go on with it.',
};

function about({ name, message }: StoreUnusable) {
  const short = inShort[name];
  if (short === undefined) return html`<p class="alert">${message}</p>`;
  return html`<div class="alert"><strong>${short}</strong>
    <details><summary>Details</summary>${message}</details></div>`;
}

function action(path: string, label: string, busy: string, look: 'plain' | '' = '') {
  return html`<button type="button" class="${look}" data-post="${path}" data-busy="${busy}">${label}</button>`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** In the zone of the computer that the data lies on. */
function when(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
