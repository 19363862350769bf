import type { Settings } from '../../../shared/contract/admin.ts';
import type { CoreDeps } from '../deps.ts';
import { Unprocessable } from '../errors.ts';
import { enter, newMedia } from '../media/new-media.ts';
import { MediaRefused, type Repositories } from '../ports/index.ts';
import type { AgencySettings } from './settings.ts';

/** Owns the agency's own pictures: media belong to clients, so it is one, and deleted, so that nobody sees it. */
const agencyId = 'agency';
/** Key of the settings that says that it is there. */
const ownerKey = 'agency.owner';

/**
 * Keeps a picture and makes it the agency's logo.
 * @param image the file in base64
 * @throws {Unprocessable} when it is no picture that can be used
 */
export async function putLogo(
  deps: Pick<CoreDeps, 'store' | 'files' | 'random' | 'clock'> & { settings: Pick<AgencySettings, 'update'> },
  image: string,
  actor: string,
): Promise<Settings> {
  const kept = await deps.files.put(Uint8Array.from(atob(image), (sign) => sign.charCodeAt(0))).catch(refused);
  if (kept.facts.kind !== 'image') throw unusable('Use a picture: PNG, JPEG or WebP.');
  const made = newMedia(deps, kept, {
    clientId: agencyId,
    origin: 'upload',
    provenance: null,
    altText: null,
    createdBy: actor,
  });
  const { media } = await deps.store.transaction(async (repositories) => {
    await addOwner(repositories, deps.clock.now());
    return enter(repositories, made);
  });
  return deps.settings.update({ agencyLogo: media.id }, actor);
}

async function addOwner({ settings, clients }: Repositories, now: number): Promise<void> {
  if ((await settings.get(ownerKey)) !== undefined) return;
  await settings.put(ownerKey, true, now);
  await clients.insert({
    id: agencyId,
    name: 'Agency',
    status: 'archived',
    timezone: 'UTC',
    language: 'en',
    brandVoice: '',
    createdAt: now,
    updatedAt: now,
    deletedAt: now,
  });
}

function refused(error: unknown): never {
  throw error instanceof MediaRefused ? unusable(error.message) : error;
}

function unusable(message: string): Unprocessable {
  return new Unprocessable([{ field: 'image', code: 'image', message }]);
}
