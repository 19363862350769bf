import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '../../shared/contract/index.ts';
import { platforms, vias } from '../../shared/domain/platform.ts';

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
  return { ...description, paths: { ...paths, ...connectPaths, ...filePaths } };
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
        {
          ...query(
            'via',
            "Whose login. Of `instagram` either `facebook`, through the account's Page, or `instagram`, without one; the other networks have their own alone. Left out: as the client connected before, else the network's usual one.",
          ),
          schema: { type: 'string', enum: vias },
        },
        query('again', '`1` asks anew for permissions that were declined before.'),
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

const required = (parameter: ReturnType<typeof query>) => ({ ...parameter, required: true });

/** Files are no part of the contract either: they are answered piece by piece. */
const filePaths = {
  '/insights/export.csv': {
    get: {
      operationId: 'insights.export',
      tags: ['insights'],
      summary: 'Figures as CSV (RFC 4180, UTF-8 with a byte order mark); its columns keep their names.',
      parameters: [
        required(
          query('kind', '`posts`: one row for each post and account. `accounts`: one for each account and day.'),
        ),
        required(query('from', 'The first day (UTC), such as 2026-11-01.')),
        required(query('to', 'The last day, at most a year later.')),
        query('clientId', 'Only of this client.'),
        query('platform', 'Only of this network.'),
        query('separator', '`comma`, or `semicolon` for spreadsheets that split there: decimals have a comma then.'),
      ],
      responses: { '200': { description: 'The file.', content: { 'text/csv': {} } } },
    },
  },
  '/clients/{id}/report.pdf': {
    get: {
      operationId: 'insights.report',
      tags: ['insights'],
      summary: "A client's report of a month, in the agency's looks and the client's language.",
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        query('month', 'A month that has begun, such as 2026-11; the last one that is over by default.'),
      ],
      responses: { '200': { description: 'The file.', content: { 'application/pdf': {} } } },
    },
  },
};
