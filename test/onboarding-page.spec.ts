import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../shared/contract/clients.ts';
import { connectedClient, type LiveAgency, startLiveAgency } from './e2e/live-agency.ts';
import { instagramApp } from './e2e/services.ts';

/* The client's own page: its language, the agency's name and colour, and nothing at all once the link has ended. */

let agency: LiveAgency;
let client: Client;

beforeAll(async () => {
  agency = await startLiveAgency();
  await agency.host.api('PATCH', '/api/admin/settings', { agencyName: 'Studio <Mia>', brandColor: '#ffd43b' });
  ({ client } = await connectedClient(agency, 'Café Uno', 'cafe.uno'));
});

afterAll(() => agency.close());

async function makeLink(): Promise<string> {
  const { url } = await agency.host.api<{ url: string }>('POST', `/api/clients/${client.id}/onboarding-link`);
  return new URL(url).pathname;
}

const visit = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  agency.ask(method, path, undefined, { token: null, headers });

it.each([
  ['de', 'ltr', 'Ihre sozialen Medien'],
  ['es', 'ltr', 'sus redes sociales'],
  ['fr', 'ltr', 'vos réseaux sociaux'],
  ['pt-BR', 'ltr', 'suas redes sociais'],
  ['ar', 'rtl', 'وسائل التواصل'],
  ['ja', 'ltr', 'your social media'],
])('speaks %s', async (language, direction, words) => {
  await agency.host.api('PATCH', `/api/clients/${client.id}`, { language });
  const { text } = await visit(await makeLink());
  expect(text).toContain(`dir="${direction}"`);
  expect(text).toContain(words);
  expect(text).toContain('Studio &lt;Mia&gt;');
  expect(text).toContain('--accent: #ffd43b; --on-accent: #000000');
  expect(text).not.toContain('<Mia>');
});

it("offers Instagram's own login where the agency has an app for it, and until an account is connected", async () => {
  const other = await agency.host.api<Client>('POST', '/api/clients', { name: 'Bakery Dois', language: 'de' });
  const link = async (id: string): Promise<string> =>
    new URL((await agency.host.api<{ url: string }>('POST', `/api/clients/${id}/onboarding-link`)).url).pathname;
  const offer = 'Ohne Seite verbinden';
  expect((await visit(await link(other.id))).text).not.toContain(offer);
  await agency.host.api('PUT', '/api/admin/credentials/instagram', instagramApp);
  const { text } = await visit(await link(other.id));
  expect(text).toContain(offer);
  const href = /href="([^"]+via=instagram)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const begun = await visit(href);
  expect([begun.status, begun.headers.get('location')]).toEqual([302, expect.stringContaining('/oauth/authorize?')]);
  expect((await visit(await link(client.id))).text).not.toContain(offer);
});

it('shows nothing of anybody once the link has ended, in the language of the browser', async () => {
  const [finished, revoked] = [await makeLink(), await makeLink()];
  const { items } = await agency.host.api<{ items: { id: string }[] }>(
    'GET',
    `/api/clients/${client.id}/onboarding-links`,
  );
  expect((await visit(`${finished}/done`, {}, 'POST')).status).toBe(200);
  await agency.host.api('DELETE', `/api/clients/${client.id}/onboarding-links/${items[0]?.id ?? ''}`);
  for (const path of [finished, revoked, `/onboard/${'a'.repeat(43)}`]) {
    const answer = await visit(path, { 'accept-language': 'de-DE,de;q=0.9' });
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('Dieser Link funktioniert nicht');
    expect(answer.text).not.toMatch(/Studio|Café|ffd43b|api\/auth/);
    expect((await visit(`${path}/done`, {}, 'POST')).status).toBe(404);
  }
});
