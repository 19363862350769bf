import { connectedClient, inFuture, type LiveAgency, picture } from './live-agency.ts';

/** Ids of what one client has, for requests about it. */
export interface Holding {
  clientId: string;
  facebook: string;
  tiktok: string;
  mediaId: string;
  postId: string;
  targetId: string;
  /** An onboarding link. */
  linkId: string;
  /** What the AI is told of a rejected post. */
  lessonId: string;
}

/** A client with accounts, a picture and a post in review, for which the AI writes nothing. */
export async function settleClient(agency: LiveAgency, name: string, username: string): Promise<Holding> {
  const { client, accounts } = await connectedClient(agency, name, username);
  const rules = { postsPerWeek: 0, days: [], times: [], platforms: [] };
  await agency.host.api('PUT', `/api/clients/${client.id}/rules`, rules);
  const uploaded = await agency.upload(client.id, await picture('#225588'));
  const post = await agency.writePost({
    clientId: client.id,
    caption: `Good morning from ${name}.`,
    media: [uploaded.body.id],
    scheduledFor: inFuture(24 * 3_600_000),
    targets: [{ accountId: accounts.facebook.id }],
  });
  const refused = await agency.writePost({
    clientId: client.id,
    caption: 'Cheap bread.',
    scheduledFor: inFuture(48 * 3_600_000),
    targets: [{ accountId: accounts.facebook.id }],
  });
  await agency.host.api('POST', `/api/pipeline/${refused.id}/reject`, { reason: 'Not our tone' });
  const lessons = await agency.host.api<{ items: { id: string }[] }>('GET', `/api/clients/${client.id}/lessons`);
  await agency.host.api('POST', `/api/clients/${client.id}/onboarding-link`);
  const links = await agency.host.api<{ items: { id: string }[] }>('GET', `/api/clients/${client.id}/onboarding-links`);
  return {
    clientId: client.id,
    linkId: links.items[0]?.id ?? '',
    lessonId: lessons.items[0]?.id ?? '',
    facebook: accounts.facebook.id,
    tiktok: accounts.tiktok.id,
    mediaId: uploaded.body.id,
    postId: post.id,
    targetId: post.targets[0]?.id ?? '',
  };
}
