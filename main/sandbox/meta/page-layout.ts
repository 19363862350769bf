import { html, raw } from 'hono/html';

/** HTML made by `html`, already escaped. */
export type Markup = ReturnType<typeof html>;

const style = `
:root { color-scheme: light; --accent: #1860c8; --ink: #1c2430; --soft: #5c6776; --line: #d9dfe7; --ground: #eef1f5 }
body.instagram { --accent: #a52a78 }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
header { background: var(--accent); color: #fff; padding: .7rem 1rem; text-align: center; font-weight: 600 }
main { max-width: 34rem; margin: 1.5rem auto; padding: 1.25rem; background: #fff; border: 1px solid var(--line); border-radius: 12px }
@media (max-width: 36rem) { main { margin: 0; border: 0; border-radius: 0 } }
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1rem; margin: 0 0 .4rem }
p { margin: .4rem 0 }
.soft { color: var(--soft); font-size: .9rem }
fieldset, section { border: 1px solid var(--line); border-radius: 10px; padding: .8rem 1rem; margin: 1rem 0 }
legend { font-weight: 600; padding: 0 .3rem }
.choice { display: flex; gap: .6rem; align-items: flex-start; padding: .35rem 0 }
.choice input { margin-top: .35rem; width: 1.05rem; height: 1.05rem; accent-color: var(--accent) }
.choice small { display: block; color: var(--soft) }
.fields { display: grid; gap: .6rem }
.fields label { display: grid; gap: .2rem; font-size: .9rem }
input[type=text] { font: inherit; padding: .5rem .6rem; border: 1px solid #aab4c0; border-radius: 8px; width: 100% }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; justify-content: flex-end; margin-top: 1rem }
button { font: inherit; font-weight: 600; padding: .55rem 1.2rem; border-radius: 8px; border: 1px solid #aab4c0; background: #fff; color: var(--ink); cursor: pointer }
button.main { background: var(--accent); border-color: var(--accent); color: #fff }
button:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid #f2a93b; outline-offset: 2px }
a { color: var(--accent) }
.people { list-style: none; padding: 0 }
.people a { display: block; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0; font-weight: 600; text-decoration: none }
[role=alert] { background: #fdecea; border: 1px solid #e0a39c; border-radius: 8px; padding: .6rem .8rem }
.post img, .post video { display: block; width: 100%; border-radius: 10px; margin: .6rem 0 }
.post .text { white-space: pre-wrap; overflow-wrap: anywhere }
.comments { list-style: none; padding: .6rem 0 0; margin: .6rem 0 0; border-top: 1px solid var(--line) }
`;

/** A whole page of the simulator; `banner` says in plain words that it is not the real network. */
export function layout(look: 'facebook' | 'instagram', title: string, banner: string, content: Markup): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>${raw(style)}</style>
      </head>
      <body class="${look}">
        <header>${banner}</header>
        <main>${content}</main>
      </body>
    </html>`;
}

/** Headers for every page of the simulator: no scripts, nothing from elsewhere but pictures and video. */
export const pageHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src http: data:; media-src http:",
  'cache-control': 'no-store',
};
