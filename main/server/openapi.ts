import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '../../shared/contract/index.ts';
import { platforms } from '../../shared/domain/platform.ts';

/** The description of the REST API, made once. */
export async function describeRest(version: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const { paths, ...description } = await generator.generate(contract, {
    info: { title: 'AutoSocial AI', version, description: 'Everything the dashboard can do, for scripts.' },
    servers: [{ url: '/api' }],
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    filter: ({ path }) => path[0] !== 'events',
  });
  return { ...description, paths: { ...paths, ...connectPaths } };
}

const query = (name: string, description: string) => ({ name, in: 'query', description, schema: { type: 'string' } });
const platform = { name: 'platform', in: 'path', required: true, schema: { type: 'string', enum: platforms } };

/** The way to a network's login and back is walked by browsers, so it is no part of the contract. */
const connectPaths = {
  '/auth/{platform}/start': {
    get: {
      operationId: 'auth.start',
      tags: ['accounts'],
      summary: "Leads to the network's login.",
      parameters: [
        platform,
        query('clientId', 'The client whose account is connected.'),
        query('onboarding', 'Instead of clientId: the token of an onboarding link; no other authorization is needed.'),
      ],
      responses: { '302': { description: "To the network's login page." } },
    },
  },
  '/auth/{platform}/callback': {
    get: {
      operationId: 'auth.callback',
      tags: ['accounts'],
      summary: 'Where the network sends the browser back to.',
      security: [],
      parameters: [
        platform,
        query('code', 'As the network gave it.'),
        query('state', 'As the login was begun with.'),
        query('error', 'Why there is no code.'),
      ],
      responses: {
        '200': { description: 'A page: connected, or a choice of accounts.', content: { 'text/html': {} } },
      },
    },
  },
};
