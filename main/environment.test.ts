import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

const read = (env: Record<string, string>, ...flags: string[]) => readEnvironment(env, flags);

describe('the profile', () => {
  it('is the sandbox while no credentials are configured', () => {
    expect(read({})).toMatchObject({ profile: 'sandbox', port: 4680, host: '127.0.0.1' });
  });

  it('is live with credentials, and by wish', () => {
    expect(read({ GROQ_API_KEY: 'gsk' }).profile).toBe('live');
    expect(read({ AUTOSOCIAL_PROFILE: 'live' }).profile).toBe('live');
    expect(read({}, '--live').profile).toBe('live');
    expect(read({ GROQ_API_KEY: 'gsk', AUTOSOCIAL_PROFILE: 'sandbox' }).profile).toBe('sandbox');
  });

  it('never hands live credentials to the sandbox', () => {
    expect(read({ GROQ_API_KEY: 'gsk', META_APP_ID: '1', META_APP_SECRET: 's' }, '--sandbox').credentials).toEqual({});
  });

  it('wants both halves of an app', () => {
    expect(read({ META_APP_ID: '1' }, '--live').credentials).toEqual({});
  });
});

describe('base URLs', () => {
  it('are the real services without an override', () => {
    expect(read({}).endpoints).toMatchObject({
      groq: 'https://api.groq.com',
      facebookGraph: 'https://graph.facebook.com',
      replicateDelivery: null,
    });
  });

  it.each(['http://127.0.0.1:9', 'http://localhost:9/', 'http://[::1]:9/some/path'])('may be %s', (url) => {
    expect(read({ FACEBOOK_GRAPH_BASE_URL: url }).endpoints.facebookGraph).toBe(new URL(url).origin);
  });

  it.each([
    'https://evil.example',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1:80',
    'http://user@evil.example@127.0.0.1.nip.io',
    'file:///etc/passwd',
    'nonsense',
  ])('may not be %s, and the value is not repeated', (url) => {
    expect(() => read({ TIKTOK_API_BASE_URL: url })).toThrow(/TIKTOK_API_BASE_URL: only an address on this computer/);
  });
});

describe('values that cannot be used', () => {
  it.each([
    ['AUTOSOCIAL_PORT', '70000'],
    ['AUTOSOCIAL_PORT', 'abc'],
    ['AUTOSOCIAL_PROFILE', 'production'],
    ['AUTOSOCIAL_PUBLIC_URL', 'not a url'],
  ])('%s=%s stops the start with the name of the variable', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });

  it('are the defaults when empty', () => {
    expect(read({ AUTOSOCIAL_PORT: '', AUTOSOCIAL_API_TOKEN: '', AUTOSOCIAL_DATA_DIR: '/tmp/x' })).toMatchObject({
      port: 4680,
      apiToken: null,
      dataDir: '/tmp/x',
    });
  });
});
