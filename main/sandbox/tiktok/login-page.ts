import { html, raw } from 'hono/html';
import type { AuthorizeRequest, LoginPageError } from './authorize.ts';
import type { World } from './world.ts';

type Html = ReturnType<typeof html>;

const scopeTexts: Record<string, string> = {
  'user.info.basic': 'Read your profile info (avatar, display name)',
  'user.info.profile': 'Read your additional profile information',
  'user.info.stats': 'Read your profile engagement statistics',
  'video.list': 'Read your public videos on TikTok',
  'video.upload': 'Share content to your account as a draft',
  'video.publish': 'Post content to TikTok',
};

/** The page on which a person chooses an account and permissions. */
export function loginPage(
  world: World,
  request: AuthorizeRequest,
  view: { selected: string | null; problem: string | null },
): Html {
  const creators = Object.values(world.store.value.creators);
  const selected = view.selected ?? creators[0]?.id;
  const query = authorizeQuery(request);
  return layout(
    'Simulated TikTok login',
    html`
      <h1>Log in with TikTok</h1>
      <p class="lead">The app <b>${request.clientKey}</b> asks for access to a TikTok account.</p>
      ${view.problem === null ? '' : html`<p class="problem" role="alert">${view.problem}</p>`}
      <form method="post" action="/v2/auth/authorize/?${query}">
        <fieldset>
          <legend>Account</legend>
          ${creators.length === 0 ? html`<p class="hint">No account yet. Add one below.</p>` : ''}
          ${creators.map(
            (creator) => html`
              <label class="row account">
                <input type="radio" name="creator" value="${creator.id}" ${creator.id === selected ? 'checked' : ''}>
                <span class="avatar" aria-hidden="true">${creator.nickname.slice(0, 1).toUpperCase()}</span>
                <span><b>${creator.nickname}</b><br><small>@${creator.username}${creator.private ? ' · private' : ''}</small></span>
              </label>`,
          )}
        </fieldset>
        <fieldset>
          <legend>Permissions</legend>
          ${request.scopes.map(
            (scope) => html`
              <label class="row">
                <input type="checkbox" name="scope" value="${scope}" checked>
                <span>${scopeTexts[scope] ?? scope}<br><small><code>${scope}</code></small></span>
              </label>`,
          )}
        </fieldset>
        <div class="buttons">
          <button class="primary" name="answer" value="authorize" ${creators.length === 0 ? 'disabled' : ''}>Authorize</button>
          <button name="answer" value="cancel">Cancel</button>
        </div>
      </form>
      <details ${creators.length === 0 ? 'open' : ''}>
        <summary>Add another account</summary>
        <form method="post" action="/v2/auth/authorize/account?${query}">
          <label class="field">Username
            <input name="username" required minlength="2" maxlength="24" pattern="[A-Za-z0-9_.]+" autocomplete="off" placeholder="cafe.uno">
          </label>
          <label class="field">Nickname
            <input name="nickname" maxlength="30" autocomplete="off" placeholder="Café Uno">
          </label>
          <label class="row"><input type="checkbox" name="private"> <span>Private account</span></label>
          <div class="buttons"><button>Add account</button></div>
        </form>
      </details>`,
    'Simulated TikTok login',
  );
}

/** What TikTok shows instead of going back to the app. */
export function loginErrorPage(error: LoginPageError): Html {
  return layout(
    'Something went wrong',
    html`
      <h1>Something went wrong</h1>
      <p class="lead">We couldn't log in with TikTok. This may be due to specific app settings.</p>
      <p>If you're a developer, correct the following and try again:</p>
      <ul>
        <li><b>${error.errorType}</b>: ${error.message}</li>
        <li>errCode <b>${error.errCode}</b>, error_type <b>${error.errorType}</b></li>
      </ul>`,
    'Simulated TikTok login',
  );
}

function authorizeQuery(request: AuthorizeRequest): string {
  const query = new URLSearchParams({
    client_key: request.clientKey,
    response_type: 'code',
    scope: request.scopes.join(','),
    redirect_uri: request.redirectUri,
    state: request.state,
  });
  if (request.codeChallenge !== null) {
    query.set('code_challenge', request.codeChallenge);
    query.set('code_challenge_method', 'S256');
  }
  return query.toString();
}

/** Frame of every page on the simulated www.tiktok.com. */
export function layout(title: string, body: Html, what = 'Simulated TikTok'): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${title}</title>
        <link rel="icon" href="data:,">
        <style>${raw(styles)}</style>
      </head>
      <body>
        <p class="banner">${what} — sandbox. Nothing leaves this computer.</p>
        <main>${body}</main>
      </body>
    </html>`;
}

const styles = `
:root { color-scheme: light dark; --ground: #f3f4f6; --card: #fff; --text: #17181c; --soft: #5d6270; --line: #dfe1e7; --accent: #c8294a; --tint: #fdeef1; }
@media (prefers-color-scheme: dark) { :root { --ground: #101114; --card: #1a1c21; --text: #eceef2; --soft: #9ba1ae; --line: #31343d; --accent: #e0506e; --tint: #2d1a20; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
.banner { margin: 0; padding: .5rem 1rem; background: repeating-linear-gradient(135deg, #ffd75e 0 14px, #ffce3a 14px 28px); color: #3b2c00; text-align: center; font-weight: 600; font-size: .85rem; }
main { max-width: 27rem; margin: 2rem auto; padding: 1.75rem; background: var(--card); border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 8px 30px rgb(0 0 0 / .06); }
h1 { margin: 0 0 .25rem; font-size: 1.35rem; }
.lead, .hint, small { color: var(--soft); }
.lead { margin: 0 0 1rem; }
.problem { padding: .6rem .8rem; border-radius: 10px; background: var(--tint); color: var(--accent); }
fieldset { margin: 0 0 1rem; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 12px; }
legend { padding: 0 .35rem; color: var(--soft); font-size: .8rem; }
.row { display: flex; gap: .7rem; align-items: center; padding: .5rem 0; cursor: pointer; }
.row + .row { border-top: 1px solid var(--line); }
.row input { flex: none; width: 1.05rem; height: 1.05rem; accent-color: var(--accent); }
.avatar { flex: none; display: grid; place-items: center; width: 2.3rem; height: 2.3rem; border-radius: 50%; background: var(--tint); color: var(--accent); font-weight: 700; }
.field { display: block; margin: .6rem 0; color: var(--soft); font-size: .85rem; }
.field input { display: block; width: 100%; margin-top: .2rem; padding: .55rem .7rem; border: 1px solid var(--line); border-radius: 9px; background: transparent; color: var(--text); font: inherit; }
.buttons { display: grid; gap: .5rem; margin-top: .5rem; }
button { padding: .7rem 1rem; border: 1px solid var(--line); border-radius: 10px; background: transparent; color: var(--text); font: inherit; font-weight: 600; cursor: pointer; }
button.primary { border-color: transparent; background: #c8294a; color: #fff; }
button:disabled { opacity: .45; cursor: not-allowed; }
:focus-visible { outline: 3px solid color-mix(in srgb, var(--accent) 45%, transparent); outline-offset: 2px; }
details { margin-top: 1.25rem; border-top: 1px solid var(--line); padding-top: 1rem; }
summary { cursor: pointer; color: var(--soft); font-weight: 600; }
video, img { max-width: 100%; border-radius: 12px; background: #000; }
.caption { white-space: pre-wrap; overflow-wrap: anywhere; }
`;
