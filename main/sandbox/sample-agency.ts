import { z } from 'zod';
import type { Platform } from '../../shared/domain/platform.ts';
import type { Core } from '../core/core.ts';
import { type Sandbox, sandboxCredentials } from './index.ts';
import { type Business, person } from './inhabitants.ts';
import { type SampleClient, sampleAgencyName, sampleClients } from './sample-clients.ts';

const settingsKey = 'sample-agency';
const stateSchema = z.enum(['begun', 'finished']);
const actor = 'sample agency';
const minute = 60_000;

export interface SeededAgency {
  /** Resolves when the coming week is written, or when writing it was given up; never rejects. */
  written: Promise<void>;
}

/**
 * Sets up the sample agency on the first start of the sandbox: clients with brand and rules, and
 * accounts connected by the real logins. Resolves when they are there; the first posts and the
 * coming week are written after that. A start after a crash goes on where the last one ended. Does
 * nothing once it has finished, when there already is a client, or while the app is locked.
 * @param origin of the server host, for the redirects of the logins
 */
export async function seedSampleAgency(core: Core, sandbox: Sandbox, origin: string): Promise<SeededAgency> {
  if (core.options.locked() !== null || !(await isWanted(core))) return { written: Promise.resolve() };
  if ((await core.settings.get()).agencyName === '')
    await core.settings.update({ agencyName: sampleAgencyName }, actor);
  const known = await core.clients.list({ limit: 200 });
  const seeded: { clientId: string; sample: SampleClient }[] = [];
  for (const sample of sampleClients) {
    const existing = known.items.find(({ name }) => name === sample.business.name);
    const clientId = existing?.id ?? (await createClient(core, sample));
    await describeClient(core, clientId, sample);
    await connectAccounts(core, sandbox, origin, clientId, sample);
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
  origin: string,
  clientId: string,
  { business, rules }: SampleClient,
): Promise<void> {
  const connected = (await core.accounts.list(clientId)).map((account) => account.platform);
  for (const platform of rules.platforms) {
    if (!connected.includes(platform)) await connectAccount(core, sandbox, origin, { clientId, platform, business });
  }
}

/** Does what a person does who clicks Connect, agrees at the network, and picks the right account. */
async function connectAccount(
  { connect }: Core,
  sandbox: Sandbox,
  origin: string,
  { clientId, platform, business }: { clientId: string; platform: Platform; business: Business },
): Promise<void> {
  const redirectUri = `${origin}/api/auth/${platform}/callback`;
  const dialog = new URL(await connect.start({ platform, redirectUri, clientId })).searchParams;
  const code = platform === 'tiktok' ? agreeAtTikTok(sandbox, dialog, business) : agreeAtFacebook(sandbox, dialog);
  const result = await connect.finish({ platform, state: dialog.get('state') ?? '', code, error: null });
  if (result.kind === 'refused') throw new Error(`${business.name} on ${platform}: ${result.reason}`);
  if (result.kind === 'connected') return;
  await connect.choose(result.choiceToken, [platform === 'facebook' ? business.pageId : business.instagram.id]);
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
  for (const { clientId } of seeded) await core.generation.generateForClient(clientId, 7, actor);
  await core.ports.store.settings.put(settingsKey, 'finished', core.ports.clock.now());
}

/** Something that can be approved and goes live within minutes. */
async function writeFirstPost(
  core: Core,
  sandbox: Sandbox,
  clientId: string,
  { firstPost }: SampleClient,
): Promise<void> {
  const posts = await core.pipeline.list({ clientId, limit: 200 });
  if (posts.items.some(({ source }) => source === 'manual')) return;
  const { caption, hashtags, firstComment, altText, scene, kind, dueInMinutes } = firstPost;
  const media = await core.library.upload({ file: await sandbox.render(scene, kind), clientId, altText }, actor);
  const accounts = await core.accounts.list(clientId);
  const targets = accounts.filter(({ platform }) => platform !== 'tiktok' || kind === 'video');
  const dueAt = Math.ceil(core.ports.clock.now() / minute + dueInMinutes) * minute;
  await core.pipeline.create(
    {
      clientId,
      caption,
      hashtags,
      firstComment,
      altText,
      media: [media.id],
      scheduledFor: new Date(dueAt).toISOString(),
      targets: targets.map(({ id }) => ({ accountId: id })),
    },
    actor,
  );
}
