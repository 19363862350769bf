import { html, raw } from 'hono/html';
import { inkOn } from '../../shared/domain/contrast.ts';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const style = `
  :root { color-scheme: light dark; --ink: #1b2330; --soft: #5b6575; --line: #dfe4ec; --paper: #fff; --ground: #f4f6fa; --accent: #3b5bdb; --on-accent: #fff; --good: #237032; --bad: #c92a2a; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e9edf5; --soft: #a2adbf; --line: #2f3847; --paper: #1b212c; --ground: #12161d; --accent: #748ffc; --on-accent: #10141c; --good: #69db7c; --bad: #ff8787; } }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: minmax(0, 1fr); place-items: center; padding: 24px; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
  main { width: 100%; max-width: 560px; background: var(--paper); border: 1px solid var(--line); border-radius: 16px; padding: 36px 40px; box-shadow: 0 8px 30px rgb(20 30 60 / 8%); }
  h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; }
  p { margin: 0 0 16px; color: var(--soft); }
  ul { list-style: none; margin: 20px 0; padding: 0; display: grid; gap: 10px; }
  li { border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px; display: flex; gap: 14px; align-items: center; justify-content: space-between; }
  li strong { display: block; }
  li small, .small { color: var(--soft); font-size: 14px; }
  label { display: flex; gap: 12px; align-items: center; width: 100%; cursor: pointer; }
  input[type=checkbox] { width: 20px; height: 20px; accent-color: var(--accent); flex: none; }
  .button, button { display: inline-block; border: 0; border-radius: 10px; padding: 10px 18px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; white-space: nowrap; }
  .button:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  .good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); }
  main.wide { max-width: 720px; }
  h2 { font-size: 17px; margin: 28px 0 6px; }
  .alert { margin: 16px 0; border: 1px solid var(--line); border-inline-start: 4px solid var(--bad); border-radius: 10px; padding: 12px 16px; color: var(--ink); overflow-wrap: anywhere; }
  .alert[role=status] { border-inline-start-color: var(--accent); }
  .alert details { margin-top: 4px; font-size: 14px; }
  form + .small { margin-top: 16px; }
  .row { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }
  .plain { background: none; color: var(--ink); border: 1px solid var(--line); }
  .field { display: grid; gap: 6px; margin-bottom: 16px; cursor: default; font-weight: 600; }
  .field input { width: 100%; padding: 10px 12px; border: 1px solid var(--line); border-radius: 10px; background: var(--ground); color: var(--ink); font: inherit; font-weight: 400; }
  ul + .small, ul + details { margin-top: -8px; }
  details + .small { margin-top: 12px; }
  button:disabled { opacity: .55; cursor: default; }
  summary { cursor: pointer; color: var(--soft); }
  li.account { display: block; }
  .permissions { margin: 8px 0 0; gap: 6px; }
  .permissions li { border: 0; padding: 0; justify-content: flex-start; align-items: baseline; gap: 10px; font-size: 14px; color: var(--soft); }
  .mark { flex: none; width: 1em; text-align: center; font-weight: 700; }
  .confirm { margin: 10px 0 0; padding: 10px 12px; border-radius: 10px; background: var(--ground); font-size: 14px; }
  .choice { display: block; }
  .between { justify-content: space-between; flex-wrap: nowrap; }
  .between > :first-child { flex: 1 1 55%; } .between > .good { text-align: end; }
  .permissions strong { display: inline; }
  p:has(> .button) + p { margin-top: -4px; }
  details { margin-top: 8px; font-size: 14px; }
  form .button, form button { margin-top: 4px; }
  .other { margin: 10px 0 0; font-size: 14px; } .other a { color: var(--ink); font-weight: 600; }
  @media (max-width: 520px) {
    body { padding: 12px; } main { padding: 28px 20px; overflow-wrap: anywhere; }
    .between { flex-wrap: wrap; } .between > .button { width: 100%; text-align: center; white-space: normal; }
  }
  .brand { font-size: 13px; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin-bottom: 18px; }
`;

export interface PageOptions {
  /** Whose page it is; the app's own when nothing is said. */
  brand?: string;
  /** Colour of buttons, as `#rrggbb`. */
  accent?: string;
  /** Where the browser goes by itself after two seconds. */
  forwardTo?: string;
  lang?: string;
  direction?: 'ltr' | 'rtl';
  wide?: boolean;
}

/** A page outside the dashboard: log-in results, choices, a client's onboarding. Values are escaped. */
export function page(title: string, body: Html, options: PageOptions = {}): Html {
  const { accent } = options;
  return html`<!doctype html>
<html lang="${options.lang ?? 'en'}" dir="${options.direction ?? 'ltr'}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  ${options.forwardTo === undefined ? '' : html`<meta http-equiv="refresh" content="2;url=${options.forwardTo}">`}
  <title>${title}</title>
  <style>${raw(style)}${accent === undefined ? '' : raw(accentStyle(accent))}</style>
</head>
<body><main class="${options.wide ? 'wide' : ''}"><div class="brand">${options.brand ?? 'AutoSocial AI'}</div><h1>${title}</h1>${body}</main></body>
</html>`;
}

/** A page that says one thing, and perhaps where to go on. */
export function notice(
  title: string,
  message: string,
  next?: { label: string; href: string } | null,
  options?: PageOptions,
): Html {
  const link = next == null ? '' : html`<a class="button" href="${next.href}">${next.label}</a>`;
  return page(title, html`<p>${message}</p>${link}`, options);
}

/** The edge keeps a colour that is close to the paper's visible. */
function accentStyle(accent: string): string {
  const ink = inkOn(accent);
  return `:root { --accent: ${accent}; --on-accent: ${ink}; } .button, button:not(.plain) { box-shadow: inset 0 0 0 1px color-mix(in srgb, ${ink} 25%, ${accent}); }`;
}
