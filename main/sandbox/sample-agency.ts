import { z } from 'zod';
import type { Platform } from '../../shared/domain/platform.ts';
import type { Core } from '../core/core.ts';
import { type Sandbox, sandboxCredentials } from './index.ts';
import { type Business, person } from './inhabitants.ts';
import { writeHistory } from './sample-history.ts';
import { samplePasts } from './sample-past.ts';
import { type SampleClient, sampleAgencyName, sampleClients } from './sample-clients.ts';

const settingsKey = 'sample-agency';
const stateSchema = z.enum(['begun', 'finished']);
const actor = 'sample agency';
/** Where the logins would send a browser; nobody is sent, their codes are used at once. */
const redirectOrigin = 'http://127.0.0.1:4680';
const minute = 60_000;

export interface SeededAgency {
  /** Resolves when the coming week is written, or when writing it was given up; never rejects. */
  written: Promise<void>;
}

/**
 * Sets up the sample agency on the first start of the sandbox: clients with brand and rules, and
 * accounts connected by the real logins. Resolves when they are there; the first posts, some weeks of
 * a past, and the coming week are written after that. A start after a crash goes on where the last one ended. Does
 * nothing once it has finished, when there already is a client, or while the app is locked.
 */
export async function seedSampleAgency(core: Core, sandbox: Sandbox): Promise<SeededAgency> {
  if (core.options.locked() !== null || !(await isWanted(core))) return { written: Promise.resolve() };
  if ((await core.settings.get()).agencyName === '')
    await core.settings.update({ agencyName: sampleAgencyName }, actor);
  const known = await core.clients.list({ limit: 200 });
  const seeded: { clientId: string; sample: SampleClient }[] = [];
  for (const sample of sampleClients) {
    const existing = known.items.find(({ name }) => name === sample.business.name);
    const clientId = existing?.id ?? (await createClient(core, sample));
    await describeClient(core, clientId, sample);
    await connectAccounts(core, sandbox, clientId, sample);
    seeded.push({ clientId, sample });
  }
  const written = writePosts(core, sandbox, seeded).catch((error: unknown) => {
    core.ports.log.warn('the sample agency has no posts yet', { error: String(error) });
  });
  return { written };
}

/** Whether this start is the first, or follows one that did not get to the end. */
async function isWanted({ ports, clients }: Core): Promise<boolean> {
  const state = stateSchema.safeParse(await ports.store.settings.get(settingsKey)).data;
  if (state !== undefined) return state === 'begun';
  const { items } = await clients.list({ limit: 1 });
  if (items.length > 0) return false;
  await ports.store.settings.put(settingsKey, 'begun', ports.clock.now());
  return true;
}

async function createClient(core: Core, { business, timezone, brandVoice }: SampleClient): Promise<string> {
  const client = { name: business.name, timezone, language: 'en', brandVoice, status: 'active' } as const;
  return (await core.clients.create(client, actor)).id;
}

/** The brand is written last, so its presence says that the rules are there too. */
async function describeClient(core: Core, clientId: string, { brand, rules }: SampleClient): Promise<void> {
  if ((await core.brands.get(clientId)).ctas.length > 0) return;
  await core.rules.put(clientId, rules, actor);
  await core.brands.put(clientId, brand, actor);
}

async function connectAccounts(
  core: Core,
  sandbox: Sandbox,
  clientId: string,
  { business, rules }: SampleClient,
): Promise<void> {
  const connected = (await core.accounts.list(clientId)).map((account) => account.platform);
  for (const platform of rules.platforms) {
    if (!connected.includes(platform)) await connectAccount(core, sandbox, { clientId, platform, business });
  }
}

/** Stands for the browser that logins are begun and finished in. */
const window = 'sample';

/** Does what a person does who clicks Connect, agrees at the network, and picks the right account. */
async function connectAccount(
  { connect }: Core,
  sandbox: Sandbox,
  { clientId, platform, business }: { clientId: string; platform: Platform; business: Business },
): Promise<void> {
  const redirectUri = `${redirectOrigin}/api/auth/${platform}/callback`;
  const dialog = new URL(await connect.start({ platform, redirectUri, clientId, window })).searchParams;
  const code = platform === 'tiktok' ? agreeAtTikTok(sandbox, dialog, business) : agreeAtFacebook(sandbox, dialog);
  const state = dialog.get('state') ?? '';
  const result = await connect.finish({ platform, state, code, error: null, windows: [window] });
  if (result.kind === 'refused') throw new Error(`${business.name} on ${platform}: ${result.reason}`);
  if (result.kind === 'connected') return;
  const remoteIds = [platform === 'facebook' ? business.pageId : business.instagram.id];
  await connect.choose(result.choiceToken, { remoteIds, windows: [window] });
}

/** Facebook replaces what was chosen in an earlier login, so the Pages of all sample clients are chosen each time. */
function agreeAtFacebook(sandbox: Sandbox, dialog: URLSearchParams): string {
  return sandbox.meta.consent({
    personId: person.id,
    appId: sandboxCredentials.meta.appId,
    redirectUri: dialog.get('redirect_uri') ?? '',
    scopes: scopesOf(dialog),
    pageIds: sampleClients.map((sample) => sample.business.pageId),
  });
}

function agreeAtTikTok(sandbox: Sandbox, dialog: URLSearchParams, { tiktok }: Business): string {
  return sandbox.tiktok.consent({
    creatorId: tiktok.id,
    clientKey: sandboxCredentials.tiktok.clientKey,
    redirectUri: dialog.get('redirect_uri') ?? '',
    scopes: scopesOf(dialog),
    codeChallenge: dialog.get('code_challenge') ?? undefined,
  });
}

function scopesOf(dialog: URLSearchParams): string[] {
  return (dialog.get('scope') ?? '').split(',');
}

async function writePosts(
  core: Core,
  sandbox: Sandbox,
  seeded: readonly { clientId: string; sample: SampleClient }[],
): Promise<void> {
  for (const { clientId, sample } of seeded) await writeFirstPost(core, sandbox, clientId, sample);
  for (const { clientId, sample } of seeded) {
    const past = samplePasts.find(({ business }) => business === sample.business);
    if (past !== undefined) await writeHistory(core, sandbox, clientId, past);
  }
  for (const { clientId } of seeded) await core.generation.generateForClient(clientId, 7, actor);
  await core.ports.store.settings.put(settingsKey, 'finished', core.ports.clock.now());
}

/** Something that can be approved and goes live within minutes. */
async function writeFirstPost(
  { pipeline, library, accounts, ports }: Core,
  sandbox: Sandbox,
  clientId: string,
  { firstPost, rules }: SampleClient,
): Promise<void> {
  const posts = await pipeline.list({ clientId, limit: 200 });
  if (posts.items.some(({ source }) => source === 'manual')) return;
  const { caption, hashtags, firstComment, altText, scene, dueInMinutes } = firstPost;
  const media: string[] = [];
  for (const kind of rules.platforms.includes('tiktok') ? (['image', 'video'] as const) : (['image'] as const)) {
    const name = kind === 'image' ? 'first-post.jpg' : 'first-post.mp4';
    const file = new File([await sandbox.render(scene, kind)], name);
    media.push((await library.upload({ file, clientId, altText }, actor)).id);
  }
  const scheduledFor = new Date(Math.ceil(ports.clock.now() / minute + dueInMinutes) * minute).toISOString();
  const targets = (await accounts.list(clientId)).map(({ id }) => ({ accountId: id }));
  const post = { clientId, caption, hashtags, firstComment, altText, media, scheduledFor, targets };
  await pipeline.create(post, actor);
}
