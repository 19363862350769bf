import type { Hono } from 'hono';
import { operation, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { addCreator, usernameProblem } from './creators.ts';
import { type AuthorizeRequest, callbackUrl, issueCode, LoginPageError, readAuthorizeRequest } from './authorize.ts';
import { loginErrorPage, loginPage } from './login-page.ts';
import type { World } from './world.ts';

const path = '/v2/auth/authorize/';

/** The login page people click through; its forms carry the whole query, so nothing is kept per visit. */
export function addLoginRoutes(app: Hono<SimulatorEnv>, world: World): void {
  const show = operation(world, 'tiktok.authorize', (c) =>
    withRequest(world, c, (request) => {
      const { searchParams } = new URL(c.req.url);
      return c.html(loginPage(world, request, formState(searchParams)));
    }),
  );
  app.get(path, show);
  app.get(path.slice(0, -1), show);

  app.post(
    path,
    operation(world, 'tiktok.authorize.answer', (c, detail) =>
      withRequest(world, c, async (request) => {
        const form = await c.req.formData();
        if (form.get('answer') !== 'authorize') {
          return c.redirect(callbackUrl(request, { error: 'access_denied', error_description: 'User denied access' }));
        }
        const creatorId = String(form.get('creator') ?? '');
        const scopes = request.scopes.filter((scope) => form.getAll('scope').includes(scope));
        if (world.store.value.creators[creatorId] === undefined || scopes.length === 0) {
          return c.html(loginPage(world, request, { selected: null, problem: 'Choose an account and a permission.' }));
        }
        Object.assign(detail, { creatorId, scopes });
        const code = issueCode(world, request, creatorId, scopes);
        return c.redirect(callbackUrl(request, { code, scopes: scopes.join(',') }));
      }),
    ),
  );

  app.post(`${path}account`, (c) =>
    withRequest(world, c, async (request) => {
      const form = await c.req.formData();
      const username = String(form.get('username') ?? '').trim();
      const nickname = String(form.get('nickname') ?? '').trim() || username;
      const problem = usernameProblem(world, username);
      if (problem !== null) return c.html(loginPage(world, request, { selected: null, problem }), 400);
      const creator = addCreator(world, { username, nickname, private: form.get('private') !== null });
      const query = new URL(c.req.url).searchParams;
      query.set('selected', creator.id);
      return c.redirect(`${path}?${query}`, 303);
    }),
  );
}

function formState(query: URLSearchParams): { selected: string | null; problem: null } {
  return { selected: query.get('selected'), problem: null };
}

async function withRequest(
  world: World,
  c: SimulatorContext,
  answer: (request: AuthorizeRequest) => Response | Promise<Response>,
): Promise<Response> {
  let request: AuthorizeRequest;
  try {
    request = readAuthorizeRequest(world, new URL(c.req.url).searchParams);
  } catch (error) {
    if (!(error instanceof LoginPageError)) throw error;
    return c.html(loginErrorPage(error), 400);
  }
  return answer(request);
}
