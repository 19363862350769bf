import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const style = `
  :root { color-scheme: light dark; --ink: #1b2330; --soft: #5b6575; --line: #dfe4ec; --paper: #fff; --ground: #f4f6fa; --accent: #3b5bdb; --good: #2b8a3e; --bad: #c92a2a; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e9edf5; --soft: #a2adbf; --line: #2f3847; --paper: #1b212c; --ground: #12161d; --accent: #748ffc; --good: #69db7c; --bad: #ff8787; } }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
  main { width: 100%; max-width: 560px; background: var(--paper); border: 1px solid var(--line); border-radius: 16px; padding: 36px 40px; box-shadow: 0 8px 30px rgb(20 30 60 / 8%); }
  h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; }
  p { margin: 0 0 16px; color: var(--soft); }
  ul { list-style: none; margin: 20px 0; padding: 0; display: grid; gap: 10px; }
  li { border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px; display: flex; gap: 14px; align-items: center; justify-content: space-between; }
  li strong { display: block; }
  li small, .small { color: var(--soft); font-size: 14px; }
  label { display: flex; gap: 12px; align-items: center; width: 100%; cursor: pointer; }
  input[type=checkbox] { width: 20px; height: 20px; accent-color: var(--accent); flex: none; }
  .button, button { display: inline-block; border: 0; border-radius: 10px; padding: 10px 18px; background: var(--accent); color: #fff; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; white-space: nowrap; }
  @media (prefers-color-scheme: dark) { .button, button { color: #10141c; } }
  .button:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  .good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); }
  .brand { font-size: 13px; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin-bottom: 18px; }
`;

/** A page outside the dashboard: log-in results, choices, a client's onboarding. Values are escaped. */
export function page(
  title: string,
  body: Html,
  options: { brand?: string; forwardTo?: string; lang?: string } = {},
): Html {
  return html`<!doctype html>
<html lang="${options.lang ?? 'en'}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  ${options.forwardTo === undefined ? '' : html`<meta http-equiv="refresh" content="2;url=${options.forwardTo}">`}
  <title>${title}</title>
  <style>${raw(style)}</style>
</head>
<body><main><div class="brand">${options.brand ?? 'AutoSocial AI'}</div><h1>${title}</h1>${body}</main></body>
</html>`;
}

/** A page that says one thing, and perhaps where to go on. */
export function notice(title: string, message: string, next?: { label: string; href: string }): Html {
  const link = next === undefined ? '' : html`<a class="button" href="${next.href}">${next.label}</a>`;
  return page(title, html`<p>${message}</p>${link}`);
}
