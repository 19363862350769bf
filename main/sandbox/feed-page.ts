import { html, raw } from 'hono/html';
import { feedScript } from './feed-script.ts';
import { feedStyles } from './feed-styles.ts';

const networks = [
  { platform: 'facebook', name: 'Facebook', mark: 'f' },
  { platform: 'instagram', name: 'Instagram', mark: 'ig' },
  { platform: 'tiktok', name: 'TikTok', mark: 'tt' },
];

/** The feed page without any post; its script fills it from `/feed.json` every second. */
export function feedPage(nonce: string): ReturnType<typeof html> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Sandbox feed</title>
        <link rel="icon" href="data:,">
        <style nonce="${nonce}">${raw(feedStyles)}</style>
      </head>
      <body>
        <header class="top">
          <div>
            <h1>Sandbox feed</h1>
            <p>What followers see. Simulated, nothing leaves this computer.</p>
          </div>
          <p id="status" role="status"></p>
          <label for="account">Account</label>
          <select id="account"><option value="">All accounts</option></select>
        </header>
        <section id="phone" aria-labelledby="phone-title">
          <div class="phone-head">
            <h2 id="phone-title">Creator's phone</h2>
            <p id="phone-hint">No TikTok drafts waiting.</p>
          </div>
          <div id="drafts"></div>
        </section>
        <main>
          ${networks.map(
            ({ platform, name, mark }) => html`
              <section class="device ${platform}" aria-labelledby="title-${platform}">
                <header>
                  <span class="mark" aria-hidden="true">${mark}</span>
                  <h2 id="title-${platform}">${name}</h2>
                  <span class="count" data-count="${platform}"></span>
                </header>
                <div class="posts" data-posts="${platform}" tabindex="0" role="region" aria-label="${name} posts"></div>
                <p class="empty" data-empty="${platform}">Nothing published yet — approve a post and it appears here</p>
              </section>`,
          )}
        </main>
        <noscript><p>This page needs JavaScript.</p></noscript>
        <template id="post-template">
          <article data-testid="feed-post">
            <header>
              <span class="avatar" aria-hidden="true"></span>
              <div><b class="name"></b><a class="when" target="_blank" rel="noreferrer"><time></time></a></div>
              <span class="badge story-mark" hidden>Story</span>
              <span class="badge ai" hidden>AI label</span>
            </header>
            <p class="text"></p>
            <div class="media" tabindex="0" role="group" aria-label="Media"></div>
            <ul class="comments" aria-label="Comments"></ul>
          </article>
        </template>
        <template id="draft-template">
          <form class="draft" data-testid="inbox-draft">
            <div class="media"></div>
            <div class="compose">
              <p><b class="name"></b> <time></time></p>
              <textarea name="caption" rows="2" placeholder="Write the caption, as the creator would"></textarea>
              <button>Post it</button>
            </div>
          </form>
        </template>
        <script type="module" nonce="${nonce}">${raw(feedScript)}</script>
      </body>
    </html>`;
}
