import type { App, InstagramAccount, Page, Person, World } from './state.ts';
import { nextId } from './state.ts';

/** The tasks of somebody with full control of a Page. */
const allTasks = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'];

export interface AppInput {
  id: string;
  secret: string;
  /** Shown in the login dialog and under posts. */
  name?: string;
  /** Matched character by character, as in Facebook's Strict Mode. */
  redirectUris: string[];
  /** Lets `http://localhost` and `http://127.0.0.1` pass without being listed. */
  development: boolean;
  instagramAppId?: string;
  instagramAppSecret?: string;
}

export interface PageInput {
  id?: string;
  name: string;
  /** Default: all tasks. Without `CREATE_CONTENT` the person cannot publish. */
  tasks?: string[];
  /** Owned by a business portfolio: `/me/accounts` shows it only with `business_management`. */
  inPortfolio?: boolean;
  instagram?: { id?: string; username: string };
}

export interface PersonInput {
  id?: string;
  name: string;
  pages: PageInput[];
}

/** Creates or replaces an app as its dashboard would. */
export function registerApp(world: World, app: AppInput): void {
  world.store.value.apps[app.id] = {
    id: app.id,
    name: app.name ?? 'AutoSocial AI',
    secret: app.secret,
    redirectUris: app.redirectUris,
    development: app.development,
    instagramAppId: app.instagramAppId ?? null,
    instagramAppSecret: app.instagramAppSecret ?? null,
  };
  world.store.save();
}

/** Creates a person, or replaces one with the same id; Pages that exist already get a further person. */
export function addPerson(world: World, input: PersonInput): Person {
  const id = input.id ?? nextId(world, '20');
  const person: Person = { id, name: input.name, roles: [], checkpoint: false };
  world.store.value.people[id] = person;
  for (const page of input.pages) addPage(world, person, page);
  world.store.save();
  return person;
}

/** Gives the person a Page, creating the Page and its Instagram account when they are new. */
export function addPage(world: World, person: Person, input: PageInput): Page {
  const { pages } = world.store.value;
  const id = input.id ?? nextId(world, '10');
  const page = pages[id] ?? { id, name: input.name, username: usernameOf(input.name), instagramId: null };
  pages[id] = page;
  if (input.instagram !== undefined) page.instagramId = addInstagram(world, input.instagram, input.name).id;
  person.roles = person.roles.filter((role) => role.pageId !== id);
  person.roles.push({ pageId: id, tasks: input.tasks ?? allTasks, inPortfolio: input.inPortfolio ?? false });
  world.store.save();
  return page;
}

/** Creates a professional Instagram account; an id that exists is kept as it is. */
export function addInstagram(
  world: World,
  input: { id?: string; username: string },
  name: string = input.username,
): InstagramAccount {
  const { instagram } = world.store.value;
  const id = input.id ?? instagramIdOf(nextId(world, '14'));
  const account = instagram[id] ?? { id, username: input.username, name };
  instagram[id] = account;
  world.store.save();
  return account;
}

export function appByInstagramId(world: World, instagramAppId: string): App | undefined {
  return Object.values(world.store.value.apps).find((app) => app.instagramAppId === instagramAppId);
}

export function pageOfInstagram(world: World, instagramId: string): Page | undefined {
  return Object.values(world.store.value.pages).find((page) => page.instagramId === instagramId);
}

/** Instagram professional account ids have 17 digits and start with 17841. */
function instagramIdOf(id: string): string {
  return `17841${id.slice(-12)}`;
}

function usernameOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
