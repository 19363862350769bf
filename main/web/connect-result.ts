import { html } from 'hono/html';
import { lacking, permissionsOf, type Way } from '../../shared/domain/permissions.ts';
import { platformNames } from '../../shared/domain/platform.ts';
import type { Choice, Connected, Next, Offer, Refused } from '../core/accounts/connect.ts';
import { type Html, page, type PageOptions } from './pages.ts';
import type { Words } from './words/index.ts';

/** Whom a page speaks to, and how. */
export interface Voice {
  words: Words;
  options: PageOptions;
  /** Not the agency, but a client with an onboarding link. */
  isClient: boolean;
}

/** What is connected now, with which permissions; goes on by itself when nothing is missing. */
export function connectedPage({ accounts, next }: Connected, { words, options }: Voice): Html {
  const lacks = accounts.flatMap((account) => lacking(account, account.scopes));
  const items = accounts.map(
    (account) => html`<li class="account"><div class="row between"><span><strong>${account.displayName}</strong>
      <small>${platformNames[account.platform]}</small></span><span class="good">${words.connected}</span></div>
      ${permissionList(words, account, account.scopes)}</li>`,
  );
  const { href, label } = linkTo(next, words);
  const [first] = accounts;
  const again =
    lacks.length === 0 || first === undefined ? '' : html`<p>${words.askAgainHint}</p>${askAgain(words, first, next)}`;
  return page(
    words.connected,
    html`<ul>${items}</ul>${again}<p class="row"><a class="button" href="${href}">${label}</a></p>`,
    { ...options, ...(lacks.length === 0 ? { forwardTo: href } : {}) },
  );
}

/** Why nothing was connected; where permissions are missing, which, and a way to be asked again. */
export function refusedPage({ code, reason, found, next, ...way }: Refused, { words, options, isClient }: Voice): Html {
  const items = found.map(
    (choice) =>
      html`<li class="account"><strong>${choice.displayName}</strong>${permissionList(words, way, choice.scopes)}</li>`,
  );
  const { href, label } = linkTo(next, words);
  return page(
    words.notConnected,
    html`<p>${isClient || code === 'missing' ? words.failures[code] : reason}</p>
      ${items.length === 0 ? '' : html`<ul>${items}</ul>${askAgain(words, way, next)}`}
      <p class="row"><a class="button" href="${href}">${label}</a></p>`,
    options,
  );
}

/**
 * The accounts a login found, to choose from; one that another client has must be confirmed.
 * @param problem field that kept an earlier choice from being taken
 */
export function choicePage({ choiceToken, found, next, ...way }: Offer, { words, options }: Voice, problem = ''): Html {
  const alert = problem === 'confirmed' ? words.confirmFirst : words.chooseOne;
  const isAnyIncomplete = found.some(({ scopes }) => lacking(way, scopes).length > 0);
  return page(
    words.choose,
    html`<p>${words.chooseText}</p>
      ${problem === '' ? '' : html`<p class="alert" role="alert">${alert}</p>`}
      <form method="post" action="/api/auth/choose"><input type="hidden" name="choice" value="${choiceToken}">
      <ul>${found.map((choice) => choiceItem(words, choice))}</ul><button type="submit">${words.chooseButton}</button></form>
      ${isAnyIncomplete ? askAgain(words, way, next) : ''}`,
    options,
  );
}

function choiceItem(words: Words, choice: Choice): Html {
  const { displayName, username, remoteId, scopes, missing, isShared, usedBy } = choice;
  const isUsable = missing.length === 0;
  const box = isUsable
    ? html`<input type="checkbox" name="remoteId" value="${remoteId}">`
    : html`<input type="checkbox" disabled>`;
  const confirm = html`<div class="confirm"><p>${words.shared(usedBy)}</p>
    <label><input type="checkbox" name="confirmed" value="${remoteId}"><span>${words.confirmShared}</span></label></div>`;
  return html`<li class="choice"><label>${box}<span><strong>${displayName}</strong>
    ${username === null ? '' : html`<small>@${username}</small>`}
    ${isUsable ? '' : html`<small class="bad">${words.cannotUse}</small>`}</span></label>
    ${isUsable && isShared ? confirm : ''}
    ${permissionList(words, choice, scopes)}</li>`;
}

/** Every permission that was asked for and whether it was given; folded away when all were. */
function permissionList(words: Words, way: Way, granted: readonly string[]): Html {
  const wanted = permissionsOf(way);
  const items = wanted.map(({ scope, ability, needed }) => {
    const isGiven = granted.includes(scope);
    const tone = isGiven ? 'good' : needed ? 'bad' : '';
    return html`<li><span class="mark ${tone}" aria-hidden="true">${isGiven ? '✓' : '–'}</span><span>${words.abilities[ability]}
      ${isGiven ? html`<small>${words.given}</small>` : html`<strong class="${tone}">${words.notGiven}</strong>`} <small dir="ltr">${scope}</small></span></li>`;
  });
  const isComplete = wanted.every(({ scope }) => granted.includes(scope));
  return isComplete
    ? html`<details><summary>${words.permissions}</summary><ul class="permissions">${items}</ul></details>`
    : html`<ul class="permissions">${items}</ul>`;
}

/** Where a login is begun that asks for what was declined. */
function askAgain(words: Words, { platform, via }: Way, next: Next): Html {
  if (next.kind === 'home') return html``;
  const [name, value] = next.kind === 'client' ? ['clientId', next.clientId] : ['onboarding', next.token];
  const href = `/api/auth/${platform}/start?${new URLSearchParams({ [name]: value, ...(platform === 'instagram' ? { via } : {}), again: '1' })}`;
  return html`<p><a class="button plain" href="${href}">${words.askAgain}</a></p>`;
}

function linkTo(next: Next, words: Words): { href: string; label: string } {
  switch (next.kind) {
    case 'client':
      return { href: `/clients/${encodeURIComponent(next.clientId)}?tab=accounts`, label: 'Back to the client' };
    case 'onboarding':
      return { href: `/onboard/${encodeURIComponent(next.token)}`, label: words.goOn };
    case 'home':
      return { href: '/', label: 'Go to the dashboard' };
  }
}
