import { html } from 'hono/html';
import { layout, type Markup } from './page-layout.ts';

const banners = {
  facebook: 'Simulated Facebook login — sandbox',
  instagram: 'Simulated Instagram login — sandbox',
};

export type Look = keyof typeof banners;

export interface Choice {
  value: string;
  label: string;
  hint: string | null;
  checked: boolean;
}

/** The dialog refuses the app's request; nobody is sent back. */
export function refusalPage(look: Look, message: string): Markup {
  return layout(
    look,
    'Login not possible',
    banners[look],
    html`<h1>This login cannot go on</h1>
      <p role="alert">${message}</p>
      <p class="soft">The app that sent you here has to correct its request.</p>`,
  );
}

/** Who is at the keyboard? Each person is a link; a new one can be made up. */
export function personPage(input: { people: { name: string; href: string }[]; action: string }): Markup {
  return layout(
    'facebook',
    'Choose who you are',
    banners.facebook,
    html`<h1>Who is logging in?</h1>
      <p class="soft">These people exist only in this sandbox. No password is asked.</p>
      <ul class="people">
        ${input.people.map((person) => html`<li><a href="${person.href}">Log in as ${person.name}</a></li>`)}
      </ul>
      <form method="post" action="${input.action}">
        <section class="fields">
          <h2>Somebody new</h2>
          <label>Your name <input type="text" name="new_person_name" maxlength="80" required /></label>
          <div class="actions"><button name="action" value="add-person">Create person</button></div>
        </section>
      </form>`,
  );
}

export interface ConsentPage {
  look: Look;
  appName: string;
  personName: string | null;
  /** Link back to the choice of persons. */
  switchHref: string | null;
  /** Where the form goes; carries the app's request. */
  action: string;
  assetTitle: string;
  assetName: string;
  assetKind: 'checkbox' | 'radio';
  assets: Choice[];
  permissions: Choice[];
  adding: Markup;
  problem: string | null;
}

/** The consent dialog: assets and permissions to tick, Continue and Cancel. */
export function consentPage(page: ConsentPage): Markup {
  const logged_in =
    page.personName === null
      ? ''
      : html`<p class="soft">Logged in as <strong>${page.personName}</strong>. ${page.switchHref === null ? '' : html`<a href="${page.switchHref}">Not you?</a>`}</p>`;
  return layout(
    page.look,
    `Connect ${page.appName}`,
    banners[page.look],
    html`<h1>${page.appName} asks for access</h1>
      ${logged_in}
      ${page.problem === null ? '' : html`<p role="alert">${page.problem}</p>`}
      <form method="post" action="${page.action}">
        <fieldset>
          <legend>${page.assetTitle}</legend>
          ${page.assets.length === 0 ? html`<p class="soft">None yet. Add one below.</p>` : ''}
          ${page.assets.map((asset) => choice(page.assetKind, page.assetName, asset))}
        </fieldset>
        ${page.adding}
        <fieldset>
          <legend>${page.appName} will be able to</legend>
          ${page.permissions.map((permission) => choice('checkbox', 'scope', permission))}
        </fieldset>
        <div class="actions">
          <button name="action" value="cancel">Cancel</button>
          <button class="main" name="action" value="continue">Continue</button>
        </div>
      </form>`,
  );
}

function choice(kind: 'checkbox' | 'radio', name: string, item: Choice): Markup {
  const id = `${name}-${item.value}`;
  const hint = item.hint === null ? '' : html`<small id="${id}-hint">${item.hint}</small>`;
  return html`<div class="choice">
    <input type="${kind}" id="${id}" name="${name}" value="${item.value}" aria-describedby="${id}-hint" ${item.checked ? 'checked' : ''} />
    <span><label for="${id}">${item.label}</label>${hint}</span>
  </div>`;
}

/** The mini form for a further Page; it sits inside the consent form so that ticks are kept. */
export function addPageForm(): Markup {
  return html`<section class="fields">
    <h2>Add another Page</h2>
    <label>Page name <input type="text" name="new_page_name" maxlength="75" /></label>
    <label>Instagram username (optional) <input type="text" name="new_instagram_username" maxlength="30" /></label>
    <div class="actions"><button name="action" value="add-page">Add Page</button></div>
  </section>`;
}

/** The mini form for a further Instagram account. */
export function addInstagramForm(): Markup {
  return html`<section class="fields">
    <h2>Add another account</h2>
    <label>Instagram username <input type="text" name="new_instagram_username" maxlength="30" /></label>
    <div class="actions"><button name="action" value="add-account">Add account</button></div>
  </section>`;
}

const permissionTexts: Record<string, string> = {
  public_profile: 'See your name and picture',
  pages_show_list: 'See the list of your Pages',
  pages_read_engagement: 'Read posts and comments of your Pages',
  pages_manage_posts: 'Create and manage posts on your Pages',
  pages_manage_engagement: 'Comment as your Pages',
  pages_read_user_content: 'Read what people write on your Pages',
  read_insights: 'See statistics of your Pages',
  business_management: 'Reach Pages in your business portfolio',
  instagram_basic: 'See the Instagram accounts of your Pages',
  instagram_content_publish: 'Publish on Instagram',
  instagram_manage_comments: 'Comment on Instagram',
  instagram_manage_contents: 'Delete posts on Instagram',
  instagram_manage_insights: 'See statistics of Instagram',
  instagram_business_basic: 'See your Instagram profile and posts',
  instagram_business_content_publish: 'Publish on Instagram',
  instagram_business_manage_comments: 'Comment on Instagram',
  instagram_business_manage_insights: 'See statistics of Instagram',
};

/** A permission as something to tick; its technical name is the hint. */
export function permissionChoice(scope: string, checked: boolean): Choice {
  return { value: scope, label: permissionTexts[scope] ?? scope, hint: scope, checked };
}
