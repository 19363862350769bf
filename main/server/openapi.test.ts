import { expect, it } from 'vitest';
import { describeRest } from './openapi.ts';

interface Described {
  paths: Record<string, { get?: { parameters: { name: string; schema: { enum?: string[] } }[] } }>;
}

it('tells everything that the way to a login takes, and whose login it may be', async () => {
  const { paths } = (await describeRest('1.0.0')) as Described;
  const parameters = paths['/auth/{platform}/start']?.get?.parameters ?? [];
  expect(parameters.map(({ name }) => name)).toEqual(['platform', 'clientId', 'onboarding', 'via', 'again']);
  expect(parameters.find(({ name }) => name === 'via')?.schema.enum).toEqual(['facebook', 'instagram', 'tiktok']);
});
