import { readGlance } from '../clients/glance.ts';
import type { Core } from '../core.ts';
import type { Implementer } from './router.ts';

/** Clients, and what belongs to one: brand, rules, accounts, media. */
export function clientProcedures(os: Implementer, core: Core) {
  const { clients, brands, rules, accounts, onboarding, library } = core;
  return {
    clients: {
      list: os.clients.list.handler(({ input }) => clients.list(input)),
      glance: os.clients.glance.handler(async () => ({ items: await readGlance(core.ports), nextCursor: null })),
      get: os.clients.get.handler(({ input }) => clients.get(input.id)),
      create: os.clients.create.handler(({ input, context }) => clients.create(input, context.actor)),
      update: os.clients.update.handler(({ input: { id, ...change }, context }) =>
        clients.update(id, change, context.actor),
      ),
      delete: os.clients.delete.handler(async ({ input, context }) => {
        await clients.delete(input.id, context.actor);
        return { deleted: true as const };
      }),
    },

    brand: {
      get: os.brand.get.handler(({ input }) => brands.get(input.id)),
      put: os.brand.put.handler(({ input: { id, ...brand }, context }) => brands.put(id, brand, context.actor)),
      example: os.brand.example.handler(({ input: { id, ...tried } }) => core.writeExample(id, tried)),
    },

    rules: {
      get: os.rules.get.handler(({ input }) => rules.get(input.id)),
      put: os.rules.put.handler(({ input: { id, ...fields }, context }) => rules.put(id, fields, context.actor)),
      slots: os.rules.slots.handler(async ({ input }) => ({ items: await rules.slots(input.id, input.days) })),
      preview: os.rules.preview.handler(async ({ input: { id, ahead, ...fields } }) => ({
        items: await rules.preview(id, fields, ahead),
      })),
    },

    accounts: {
      list: os.accounts.list.handler(async ({ input }) => ({ items: await accounts.list(input.id), nextCursor: null })),
      update: os.accounts.update.handler(({ input: { id, accountId, audited }, context }) =>
        accounts.setAudited(id, accountId, audited, context.actor),
      ),
      disconnect: os.accounts.disconnect.handler(async ({ input, context }) => {
        await accounts.disconnect(input.id, input.accountId, context.actor);
        return { disconnected: true as const };
      }),
      disconnectEffect: os.accounts.disconnectEffect.handler(({ input }) =>
        accounts.disconnectEffect(input.id, input.accountId),
      ),
      creatorInfo: os.accounts.creatorInfo.handler(({ input }) => accounts.creatorInfo(input.id, input.accountId)),
      recentPosts: os.accounts.recentPosts.handler(async ({ input }) => ({
        items: await accounts.recentPosts(input.id, input.accountId),
      })),
      onboardingLink: os.accounts.onboardingLink.handler(({ input, context }) =>
        onboarding.createLink(input.id, input.expiresInDays, context.actor),
      ),
      onboardingLinks: os.accounts.onboardingLinks.handler(async ({ input }) => ({
        items: await onboarding.links(input.id),
        nextCursor: null,
      })),
      revokeOnboardingLink: os.accounts.revokeOnboardingLink.handler(async ({ input, context }) => {
        await onboarding.revokeLink(input.id, input.linkId, context.actor);
        return { revoked: true as const };
      }),
    },

    media: {
      list: os.media.list.handler(({ input: { used, ...filter } }) =>
        library.list({ ...filter, ...(used === undefined ? {} : { used: used === 'true' }) }),
      ),
      upload: os.media.upload.handler(({ input, context }) => library.upload(input, context.actor)),
      get: os.media.get.handler(({ input }) => library.get(input.id)),
      update: os.media.update.handler(({ input: { id, ...change }, context }) =>
        library.update(id, change, context.actor),
      ),
      delete: os.media.delete.handler(async ({ input, context }) => {
        await library.delete(input.id, context.actor);
        return { deleted: true as const };
      }),
      restore: os.media.restore.handler(({ input, context }) => library.restore(input.id, context.actor)),
      makeClip: os.media.makeClip.handler(({ input, context }) => library.makeClip(input.id, context.actor)),
    },
  };
}
