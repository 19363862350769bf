import { scopesOf, type Way } from '../../shared/domain/permissions.ts';
import type { Via } from '../../shared/domain/platform.ts';
import {
  type AccountAccess,
  type FoundAccount,
  NetworkFailure,
  type Publication,
  type SocialNetwork,
} from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import type { Graph } from './graph.ts';
import { InstagramContainers } from './instagram-containers.ts';
import { handOverByAddress, handOverByPage, notReachable } from './instagram-handover.ts';
import type { InstagramLogin } from './instagram-login.ts';
import { accountBehind, type FacebookLogin, type FoundPage, type MetaLogin } from './meta-login.ts';
import type { Problem } from './problems.ts';

/** What differs between the two ways to an Instagram account; everything else of the network is the same. */
export interface InstagramWay extends Pick<SocialNetwork, 'authorizeUrl' | 'exchangeCode' | 'renew' | 'revoke'> {
  graph: Graph;
  containers: InstagramContainers;
  /** The way's own names of the permissions that are asked about. */
  scopes: { profile: string; publish: string; insights: string };
  /** What is permitted now; null where the network does not tell. @throws {NetworkFailure} */
  scopesNow(account: AccountAccess): Promise<string[] | null>;
  /** What this way adds to what Instagram refuses anyway. */
  problems(publication: Publication): Problem[];
}

/** Through the Facebook Page that the account is linked to. */
export function throughPage(context: Context, graph: Graph, login: FacebookLogin): InstagramWay {
  const way: Way = { platform: 'instagram', via: 'facebook' };
  return {
    graph,
    containers: new InstagramContainers(context, graph, handOverByPage(context, graph, linkedPage)),
    scopes: { profile: 'instagram_basic', publish: 'instagram_content_publish', insights: 'instagram_manage_insights' },
    authorizeUrl: (input) => login.authorizeUrl(input, scopesOf(way)),
    exchangeCode: async (input) => {
      const found = await login.exchangeCode(input, ['instagram_business_account{id,username,name}']);
      return found.pages.flatMap((page) => accountOf(way, found, page));
    },
    renew: (tokens) => login.renew(tokens, linkedPage(tokens)),
    revoke: (tokens, loginId) => login.revoke(tokens, loginId),
    scopesNow: (account) => login.scopesNow(account.token, { id: linkedPage(account), instagramId: account.remoteId }),
    problems: () => [],
  };
}

/** By Instagram's own login, without a Page. */
export function byItself(context: Context, graph: Graph, login: InstagramLogin): InstagramWay {
  const { handouts } = context;
  return {
    graph,
    containers: new InstagramContainers(context, graph, handOverByAddress(handouts)),
    scopes: {
      profile: 'instagram_business_basic',
      publish: 'instagram_business_content_publish',
      insights: 'instagram_business_manage_insights',
    },
    authorizeUrl: (input) => login.authorizeUrl(input),
    exchangeCode: (input) => login.exchangeCode(input),
    renew: (tokens) => login.renew(tokens),
    revoke: () => Promise.reject(new NetworkFailure(noRevocation)),
    // Meta inspects no tokens of this login, and has no list of what it permits.
    scopesNow: () => Promise.resolve(null),
    problems: ({ media, options }) => [
      ...(media.length === 0 || handouts.isReachable()
        ? []
        : [{ field: 'media', code: 'not_reachable', message: notReachable }]),
      ...(options.locationId === undefined
        ? []
        : [
            {
              field: 'options',
              code: 'place',
              message:
                'Instagram takes a place only from accounts that are connected through their Facebook Page. Leave it out.',
            },
          ]),
    ],
  };
}

/** The way that an account is connected by. */
export function wayOf(ways: Record<'facebook' | 'instagram', InstagramWay>, via: Via): InstagramWay {
  return via === 'instagram' ? ways.instagram : ways.facebook;
}

const noRevocation = {
  class: 'config',
  code: 'no_revocation',
  message: 'Instagram has no call that takes back what its own login allowed an app.',
} as const;

function linkedPage({ pageId }: Pick<AccountAccess, 'pageId'>): string {
  if (pageId !== null) return pageId;
  throw new NetworkFailure({
    class: 'config',
    code: 'no_page',
    message: 'This Instagram account has no Facebook Page linked here. Connect it again.',
  });
}

function accountOf(way: Way, login: MetaLogin, page: FoundPage): FoundAccount[] {
  if (page.instagram === null) return [];
  const { id, username, name } = page.instagram;
  return [accountBehind(page, login, way, { remoteId: id, displayName: name ?? username ?? page.name, username })];
}
