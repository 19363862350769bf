import { Hono } from 'hono';
import { html } from 'hono/html';
import { platformNames, type Platform, platforms } from '../../shared/domain/platform.ts';
import type { Core } from '../core/core.ts';
import { notice, page } from './pages.ts';

const purposes: Record<Platform, string> = {
  facebook: 'Publish the posts you agreed on to your Facebook Page.',
  instagram: 'Publish the posts you agreed on to your professional Instagram account.',
  tiktok: 'Put videos into your TikTok inbox, for you to finish and post.',
};

/** GET `/onboard/{token}`: the client's own page, where each network is connected in turn. */
export function onboardingApp(core: Core): Hono {
  const app = new Hono();
  app.get('/onboard/:token', async (c) => {
    const token = c.req.param('token');
    const opened = await core.onboarding.open(token);
    if (opened.kind === 'refused') return c.html(notice('This link does not work', opened.reason), 404);
    const { agencyName, client, accounts } = opened;
    const items = platforms.map((platform) => {
      const connected = accounts.filter((account) => account.platform === platform && account.status !== 'reconnect');
      const names = connected.map((account) => account.displayName).join(', ');
      const href = `/api/auth/${platform}/start?onboarding=${encodeURIComponent(token)}`;
      return html`<li><span><strong>${platformNames[platform]}</strong><small>${purposes[platform]}</small></span>
        ${connected.length > 0 ? html`<span class="good">Connected: ${names}</span>` : html`<a class="button" href="${href}">Connect ${platformNames[platform]}</a>`}</li>`;
    });
    const done = accounts.some((account) => account.status !== 'reconnect');
    return c.html(
      page(
        `Connect ${client.name}`,
        html`<p>${agencyName === '' ? 'Your agency' : agencyName} looks after your social media. Connect the accounts it may publish to;
          each network shows you exactly what you allow, and you can take it back at any time.</p>
          <ul>${items}</ul>
          ${done ? html`<p class="good">Thank you. Your agency can see it already; you may close this page.</p>` : ''}`,
        { brand: agencyName === '' ? 'AutoSocial AI' : agencyName, lang: client.language },
      ),
    );
  });
  return app;
}
