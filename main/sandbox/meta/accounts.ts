import type { Call } from './call.ts';
import { GraphFailure, badParameter, missingObject } from './errors.ts';
import { type FieldRequest, type NodeType, type NodeView, parseFields, project } from './fields.ts';
import { grantKey, revoke } from './grants.ts';
import { page as listPage } from './listing.ts';
import type { Page, Person, World } from './state.ts';
import { pageToken, readablePage } from './tokens.ts';

const personType: NodeType = { name: 'User', defaults: ['name', 'id'] };
const pageType: NodeType = { name: 'Page', defaults: ['name', 'id'] };
const accountType: NodeType = {
  name: 'Page',
  defaults: ['access_token', 'category', 'category_list', 'name', 'id', 'tasks'],
};
const instagramType: NodeType = { name: 'IGUser', defaults: ['id'] };

/** `GET /me` with a user token. */
export function readPerson(call: Call): object {
  const person = ownPerson(call);
  const view: NodeView = {
    id: person.id,
    name: person.name,
    first_name: person.name.split(' ')[0],
    last_name: person.name.split(' ').slice(1).join(' '),
    picture: () => picture(call.world, person.id, person.name),
  };
  return project(personType, view, parseFields(call.request.parameters.fields));
}

/** `GET /me/accounts`: the Pages the person chose; portfolio Pages only with `business_management`. */
export function listAccounts(call: Call): object {
  const { world, session, request } = call;
  const person = ownPerson(call);
  const roles = session.scopes.has('pages_show_list') ? person.roles : [];
  const views = roles
    .filter((role) => session.pageIds.has(role.pageId))
    .filter((role) => !role.inPortfolio || session.scopes.has('business_management'))
    .map((role) => pageView(call, world.store.value.pages[role.pageId] as Page));
  const answer = listPage(world, request, accountType, views, parseFields(request.parameters.fields));
  world.store.save();
  return answer;
}

/** `GET /{page-id}`, with the Page's own token or a user token that may see it. */
export function readPage(call: Call): object {
  const page = readablePage(call.world, call.session, call.request, call.id);
  const answer = project(pageType, pageView(call, page), parseFields(call.request.parameters.fields));
  call.world.store.save();
  return answer;
}

function pageView(call: Call, page: Page): NodeView {
  const { world, session } = call;
  const role = world.store.value.people[session.token.subjectId]?.roles.find((item) => item.pageId === page.id);
  const instagram = (field: FieldRequest): object | undefined => linkedInstagram(call, page, field);
  return {
    id: page.id,
    name: page.name,
    username: page.username,
    category: 'Local business',
    category_list: [{ id: '2500', name: 'Local business' }],
    access_token: () => (session.token.kind === 'page' ? session.value : pageToken(world, session.token, page.id)),
    tasks: role?.tasks,
    picture: () => picture(world, page.id, page.name),
    link: `${world.origins.www}/${page.id}`,
    is_published: true,
    fan_count: 0,
    followers_count: 0,
    instagram_business_account: instagram,
    connected_instagram_account: instagram,
  };
}

/** Left out without `instagram_basic`, as Graph does. */
function linkedInstagram(call: Call, page: Page, field: FieldRequest): object | undefined {
  const account = call.world.store.value.instagram[page.instagramId ?? ''];
  if (account === undefined || !call.session.scopes.has('instagram_basic')) return undefined;
  const view: NodeView = {
    id: account.id,
    username: account.username,
    name: account.name,
    profile_picture_url: avatarUrl(call.world, account.id, account.name),
  };
  return project(instagramType, view, field.fields);
}

/** `GET /{user-id}/permissions`. @throws GraphFailure 100 for a page token */
export function listPermissions(call: Call): object {
  const person = ownPerson(call);
  const grant = call.world.store.value.grants[grantKey(person.id, call.session.token.appId)];
  const status = (status: string) => (permission: string) => ({ permission, status });
  return {
    data: [...(grant?.scopes ?? []).map(status('granted')), ...(grant?.declined ?? []).map(status('declined'))],
  };
}

/** `DELETE /{user-id}/permissions[/{permission}]`: without a permission the app is removed and all tokens die. */
export function deletePermission(call: Call): object {
  const person = ownPerson(call);
  const scope = call.request.path[2] ?? null;
  if (scope !== null && !call.session.scopes.has(scope)) throw badParameter(`Permission ${scope} is not granted`);
  revoke(call.world, person.id, call.session.token.appId, scope);
  Object.assign(call.detail, { personId: person.id, scope });
  return { success: true };
}

function ownPerson(call: Call): Person {
  if (call.session.token.kind !== 'user') {
    throw new GraphFailure({ code: 100, message: `(#100) Tried accessing a field of User on node type (Page)` });
  }
  const person = call.world.store.value.people[call.id];
  if (person === undefined || person.id !== call.session.token.subjectId) {
    throw missingObject(call.request.method, call.id);
  }
  return person;
}

function picture(world: World, id: string, name: string): object {
  return { data: { url: avatarUrl(world, id, name), is_silhouette: false, width: 50, height: 50 } };
}

/** A profile picture drawn from the name. */
export function avatarUrl(world: World, id: string, name: string): string {
  return `${world.origins.cdn}/avatar/${id}.svg?name=${encodeURIComponent(name)}`;
}
