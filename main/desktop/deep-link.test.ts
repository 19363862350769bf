import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentsBeforeLink, linkIn, parseDeepLink } from './deep-link.ts';

const token = 'ai-hEbJ_2hJEQVT1yzHPOnMufF4dcVHDmZCn6XvZqBo';
const state = 'facebook-bC-L96WrWOaWJYmVkrC-h0YBNy5CRObJ0FH07W0WJlk';

describe('a deep link', () => {
  it('opens onboarding by its token', () => {
    expect(parseDeepLink(`autosocial://onboard/${token}`)).toEqual({ kind: 'onboard', token });
    expect(parseDeepLink(`autosocial://onboard/${token}/`)).toEqual({ kind: 'onboard', token });
  });

  it('brings a login back, with a code or with an error', () => {
    expect(parseDeepLink(`autosocial://oauth/callback?code=AQD%2Fx.y&state=${state}`)).toEqual({
      kind: 'login',
      platform: 'facebook',
      state,
      code: 'AQD/x.y',
      error: null,
    });
    expect(
      parseDeepLink(`autosocial://oauth/callback?error=access_denied&error_reason=user_denied&state=${state}`),
    ).toMatchObject({ code: null, error: 'access_denied' });
  });

  it.each([
    ['another scheme', `https://onboard/${token}`],
    ['a scheme that begins alike', `autosocialx://onboard/${token}`],
    ['capital letters', `AUTOSOCIAL://onboard/${token}`],
    ['no host', `autosocial:onboard/${token}`],
    ['another host', `autosocial://onboard.evil/${token}`],
    ['a user', `autosocial://me@onboard/${token}`],
    ['a port', `autosocial://onboard:80/${token}`],
    ['a short token', 'autosocial://onboard/abc'],
    ['a long token', `autosocial://onboard/${'a'.repeat(200)}`],
    ['no token', 'autosocial://onboard/'],
    ['a way up', `autosocial://onboard/../${token}`],
    ['an encoded way up', `autosocial://onboard/..%2f${token}`],
    ['a null byte', `autosocial://onboard/${token}%00`],
    ['more behind the token', `autosocial://onboard/${token}/x`],
    ['a query', `autosocial://onboard/${token}?x=1`],
    ['a fragment', `autosocial://onboard/${token}#x`],
    ['two links', `autosocial://onboard/${token} autosocial://onboard/${token}`],
    ['a switch behind it', `autosocial://onboard/${token} --inspect`],
    ['a line break', `autosocial://onboard/${token}\n`],
    ['a script', `javascript:alert(1)//autosocial://onboard/${token}`],
    ['no state', 'autosocial://oauth/callback?code=x'],
    ['a state of no network', `autosocial://oauth/callback?code=x&state=${state.replace('facebook', 'orkut')}`],
    ['a state without a network', `autosocial://oauth/callback?code=x&state=${state.replace('facebook-', '')}`],
    ['neither code nor error', `autosocial://oauth/callback?state=${state}`],
    ['both code and error', `autosocial://oauth/callback?code=x&error=y&state=${state}`],
    ['two states', `autosocial://oauth/callback?code=x&state=${state}&state=${state}`],
    ['an unknown parameter', `autosocial://oauth/callback?code=x&state=${state}&next=https://evil.example`],
    ['__proto__', `autosocial://oauth/callback?code=x&state=${state}&__proto__=x`],
    ['constructor', `autosocial://oauth/callback?code=x&state=${state}&constructor=x`],
    ['a space in the code', `autosocial://oauth/callback?code=a+b&state=${state}`],
    ['a fragment', `autosocial://oauth/callback?code=x&state=${state}#_=_`],
    ['another path', `autosocial://oauth/callback/x?code=x&state=${state}`],
    ['a megabyte', `autosocial://oauth/callback?code=${'x'.repeat(1_000_000)}&state=${state}`],
  ])('is refused with %s', (_what, link) => {
    expect(parseDeepLink(link)).toBeNull();
  });

  it('gives nothing but what fits its shape, whatever comes in', () => {
    const pieces = fc.constantFrom('autosocial', '://', 'onboard', 'oauth/callback', '/', '?', 'code=', 'state=', '&');
    const hostile = fc.constantFrom('..', '%00', '%2f', '#', ' ', '--inspect', 'javascript:', '\\', '@', token, state);
    const built = fc.array(fc.oneof(pieces, hostile, fc.string({ maxLength: 8 })), { maxLength: 12 });
    const valid = fc.constantFrom(`autosocial://onboard/${token}`, `autosocial://oauth/callback?code=x&state=${state}`);
    const spoiled = fc
      .tuple(valid, fc.nat(), fc.string({ minLength: 1, maxLength: 3, unit: 'binary' }))
      .map(([link, at, what]) => link.slice(0, at % link.length) + what + link.slice(at % link.length));
    const links = fc.oneof(
      built.map((parts) => parts.join('')),
      spoiled,
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(links, (link) => {
        const parsed = parseDeepLink(link);
        if (parsed === null) return;
        if (parsed.kind === 'onboard') expect(parsed.token).toMatch(/^[\w-]{20,128}$/);
        else expect(parsed.state).toMatch(/^(facebook|instagram|tiktok)-[\w-]{20,}$/);
      }),
      { numRuns: 100_000 },
    );
  }, 60_000);
});

describe('a command line', () => {
  const link = `autosocial://onboard/${token}`;

  it('has its link anywhere', () => {
    expect(linkIn(['/opt/autosocial', '--allow-file-access', link, 'x'])).toBe(link);
    expect(linkIn(['/opt/autosocial', '--hidden'])).toBeNull();
  });

  it('is believed up to the link only', () => {
    expect(argumentsBeforeLink(['--hidden', link, '--live', '--sandbox'])).toEqual(['--hidden']);
    expect(argumentsBeforeLink(['--live', 'AutoSocial:whatever', '--hidden'])).toEqual(['--live']);
  });

  it('never loses a switch before the link to one behind it', () => {
    const words = fc.array(fc.oneof(fc.string(), fc.constantFrom('--live', '--hidden', link, 'autosocial:')));
    fc.assert(
      fc.property(words, words, (before, behind) => {
        const own = before.filter((word) => !word.toLowerCase().startsWith('autosocial:'));
        expect(argumentsBeforeLink([...own, link, ...behind])).toEqual(own);
        expect(linkIn([...own, link, ...behind])).toBe(link);
      }),
    );
  });
});
