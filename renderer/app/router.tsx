import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { clientStatuses } from '../../shared/domain/client.ts';
import { activitySearch } from '../features/activity/activity-search.ts';
import { type CalendarSearch, calendarSearch } from '../features/calendar/calendar-view.ts';
import { healthLevels } from '../features/clients/client-health.ts';
import { type ClientTab, clientTabs } from '../features/clients/client-tabs.ts';
import { type ClientQuery, clientOrders } from '../features/clients/find-clients.ts';
import { type InsightsSearch, insightsSearch } from '../features/insights/insights-search.ts';
import { askedBy, prefetchInsights } from '../features/insights/use-insights.ts';
import { HomePage } from '../features/home/HomePage.tsx';
import { postSearch } from '../features/posts/filter/post-filter.ts';
import { type ReviewScope, reviewSpans } from '../features/review/review-scope.ts';
import { type SettingsTab, settingsTabs } from '../features/settings/settings-tabs.ts';
import { withWords } from '../i18n/i18n.ts';
import { ErrorPage } from './ErrorPage.tsx';
import { Frame } from './Frame.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';

const root = createRootRoute();

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => withWords(import('../features/login/LoginPage.tsx')), 'LoginPage'),
});

const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame });
const framed = () => frame;

const home = createRoute({
  getParentRoute: framed,
  path: '/',
  component: HomePage,
});

const clients = createRoute({
  getParentRoute: framed,
  path: '/clients',
  validateSearch: only<{ add?: true } & ClientQuery>((search) => ({
    ...(search.add ? { add: true } : {}),
    ...text('q', search),
    ...pick('health', healthLevels, search),
    ...pick('status', clientStatuses, search),
    ...pick('sort', clientOrders, search),
  })),
  component: lazyRouteComponent(() => withWords(import('../features/clients/ClientsPage.tsx')), 'ClientsPage'),
});

const client = createRoute({
  getParentRoute: framed,
  path: '/clients/$id',
  validateSearch: only<{ tab?: ClientTab } & CalendarSearch & InsightsSearch>((search) => ({
    ...pick('tab', clientTabs, search),
    ...calendarSearch(search),
    ...insightsSearch(search),
  })),
  component: lazyRouteComponent(() => withWords(import('../features/clients/ClientPage.tsx')), 'ClientPage'),
});

const pipeline = createRoute({
  getParentRoute: framed,
  path: '/pipeline',
  validateSearch: only(postSearch),
  component: lazyRouteComponent(() => withWords(import('../features/posts/PostsPage.tsx')), 'PostsPage'),
});

const calendar = createRoute({
  getParentRoute: framed,
  path: '/calendar',
  validateSearch: only<{ client?: string } & CalendarSearch>((search) => ({
    ...text('client', search),
    ...calendarSearch(search),
  })),
  component: lazyRouteComponent(() => withWords(import('../features/calendar/CalendarPage.tsx')), 'CalendarPage'),
});

const insights = createRoute({
  getParentRoute: framed,
  path: '/insights',
  validateSearch: only<{ client?: string } & InsightsSearch>((search) => ({
    ...text('client', search),
    ...insightsSearch(search),
  })),
  loaderDeps: ({ search }) => search,
  // On its way as soon as somebody points at the link: it takes the core longest.
  loader: ({ deps: { client: clientId, ...search } }) => prefetchInsights(askedBy(search, clientId)),
  component: lazyRouteComponent(() => withWords(import('../features/insights/InsightsPage.tsx')), 'InsightsPage'),
});

const review = createRoute({
  getParentRoute: framed,
  path: '/review',
  validateSearch: only<ReviewScope>((search) => ({
    ...text('client', search),
    ...pick('when', reviewSpans, search),
  })),
  component: lazyRouteComponent(() => withWords(import('../features/review/ReviewPage.tsx')), 'ReviewPage'),
});

const composer = createRoute({
  getParentRoute: framed,
  path: '/posts/new',
  validateSearch: only<{ client?: string; at?: string; draft?: string }>((search) => ({
    ...text('client', search),
    ...instant('at', search),
    ...text('draft', search),
  })),
  component: lazyRouteComponent(() => withWords(import('../features/composer/ComposerPage.tsx')), 'ComposerPage'),
});

const post = createRoute({
  getParentRoute: framed,
  path: '/posts/$id',
  component: lazyRouteComponent(() => withWords(import('../features/post/PostPage.tsx')), 'PostPage'),
});

const activity = createRoute({
  getParentRoute: framed,
  path: '/activity',
  validateSearch: only(activitySearch),
  component: lazyRouteComponent(() => withWords(import('../features/activity/ActivityPage.tsx')), 'ActivityPage'),
});

const settings = createRoute({
  getParentRoute: framed,
  path: '/settings',
  validateSearch: only<{ tab?: SettingsTab }>((search) => pick('tab', settingsTabs, search)),
  component: lazyRouteComponent(() => withWords(import('../features/settings/SettingsPage.tsx')), 'SettingsPage'),
});

const goLive = createRoute({
  getParentRoute: framed,
  path: '/go-live',
  component: lazyRouteComponent(() => withWords(import('../features/tour/GoLivePage.tsx')), 'GoLivePage'),
});

/** Whatever else the address says: within the frame, so that one finds the way back. */
const notFound = createRoute({ getParentRoute: framed, path: '$', component: NotFoundPage });

const pages = [
  home,
  clients,
  client,
  pipeline,
  calendar,
  insights,
  review,
  composer,
  post,
  activity,
  settings,
  goLive,
  notFound,
];

export const router = createRouter({
  routeTree: root.addChildren([login, frame.addChildren(pages)]),
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/**
 * The search of a route as its pages may trust it. The router lays what `read` returns over the address' own words,
 * so whatever `read` did not take must be said to be undefined, or pages would be given what nobody checked.
 */
function only<T extends object>(read: (search: Record<string, unknown>) => T) {
  return (search: Record<string, unknown>): T => ({
    ...Object.fromEntries(Object.keys(search).map((key) => [key, undefined])),
    ...read(search),
  });
}

function pick<K extends string, T extends string>(key: K, allowed: readonly T[], search: Record<string, unknown>) {
  const value = allowed.find((candidate) => candidate === search[key]);
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: T };
}

function text<K extends string>(key: K, search: Record<string, unknown>) {
  const value = search[key];
  return (typeof value === 'string' && value !== '' ? { [key]: value } : {}) as { [key in K]?: string };
}

function instant<K extends string>(key: K, search: Record<string, unknown>) {
  const value = search[key];
  const isInstant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
  return (isInstant ? { [key]: value } : {}) as { [key in K]?: string };
}
