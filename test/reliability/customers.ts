import sharp from 'sharp';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Media } from '../../shared/contract/media.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import type { Host } from '../e2e/host.ts';
import { ask } from '../e2e/rest.ts';
import type { Services } from '../e2e/services.ts';

/** A client with a Facebook Page and an Instagram account, and a picture to post. */
export interface Customer {
  client: Client;
  accounts: Account[];
  mediaId: string;
}

/** Each with accounts of their own at the simulated networks. */
export async function makeCustomers(host: Host, services: Services, count: number): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (let number = 1; number <= count; number++) {
    const name = `Customer ${number}`;
    const person = services.meta.addPerson({
      name: `Owner of ${name}`,
      pages: [{ name, instagram: { username: `customer.${number}` } }],
    });
    const client = await host.api<Client>('POST', '/api/clients', { name, timezone: 'Europe/Lisbon' });
    for (const platform of ['facebook', 'instagram'] as const) {
      const begun = await ask(host.origin, 'GET', `/api/auth/${platform}/start?clientId=${client.id}`);
      const dialog = begun.headers.get('location') ?? '';
      const back = services.logIn(platform, { dialog, personId: person.id });
      await ask(host.origin, 'GET', back.slice(host.origin.length), { token: null });
    }
    const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${client.id}/accounts`);
    if (items.length !== 2) throw new Error(`${name} has ${items.length} accounts, not 2.`);
    customers.push({ client, accounts: items, mediaId: await uploadPicture(host, client.id) });
  }
  return customers;
}

async function uploadPicture(host: Host, clientId: string): Promise<string> {
  const bytes = await sharp({ create: { width: 1080, height: 1350, channels: 3, background: '#7a5' } })
    .jpeg()
    .toBuffer();
  const form = new FormData();
  form.set('clientId', clientId);
  form.set('file', new File([new Uint8Array(bytes)], 'picture.jpg'));
  const { status, text, body } = await ask<Media>(host.origin, 'POST', '/api/media', { body: form });
  if (status >= 300) throw new Error(`The picture was refused: ${status} ${text}`);
  return body.id;
}

/** A post on both networks with a first comment, to be published at once. @param mark makes its words unlike all others */
export async function publishNow(host: Host, { client, accounts, mediaId }: Customer, mark: string): Promise<Post> {
  const { id, contentHash } = await host.api<Post>('POST', '/api/pipeline', {
    clientId: client.id,
    caption: `Offer ${mark}`,
    firstComment: `Order here ${mark}`,
    media: [mediaId],
    scheduledFor: new Date(Date.now() + 3_600_000).toISOString(),
    targets: accounts.map((account) => ({ accountId: account.id })),
  });
  const approved = await host.api<Post>('POST', `/api/pipeline/${id}/approve`, { contentHash });
  await host.api('POST', `/api/pipeline/${id}/publish-now`, {});
  return approved;
}
