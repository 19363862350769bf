/** Numbers from 0 to 1, the same for the same seed. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const links = [
  'autosocial://onboard/abcdefghijklmnopqrstuvwxyz012345',
  'autosocial://oauth/callback?code=abc123&state=facebook-abcdefghijklmnopqrstuvwxyz',
  'autosocial://oauth/callback?error=access_denied&state=tiktok-abcdefghijklmnopqrstuvwxyz',
  'AUTOSOCIAL://ONBOARD/../../settings',
  'autosocial://onboard/%2e%2e%2f%2e%2e%2fapi%2fadmin',
  'autosocial:onboard/abcdefghijklmnopqrstuvwxyz',
  'autosocial:////onboard//',
  'autosocial://user:pass@onboard/abcdefghijklmnopqrstuvwxyz012345',
  'autosocial://oauth/callback?code=a&code=b&state=facebook-abcdefghijklmnopqrstuvwxyz',
  'autosocial://oauth/callback?redirect_uri=https://evil.example/&code=a&state=x',
  'autosocial://onboard/<script>alert(1)</script>',
  'javascript:alert(1)//autosocial://',
  'file:///etc/passwd',
  'https://evil.example/autosocial://onboard/abcdefghijklmnopqrstuvwxyz012345',
];
const switches = [
  '--gpu-launcher=calc.exe',
  '--renderer-cmd-prefix=/bin/sh -c id',
  '--no-sandbox',
  '--inspect-brk=0.0.0.0:9229',
  '--js-flags=--allow-natives-syntax',
  '--user-data-dir=/tmp/elsewhere',
  '--live',
  '--hidden',
  '--',
  '.',
  '',
];
const pieces = [
  '%00',
  '%0d%0a',
  '\0',
  '\n',
  '../',
  '//',
  '?',
  '#',
  '&',
  '=',
  '%',
  '\\',
  ':',
  '@',
  '\u202e',
  '\ud800',
  '٣',
  '💣',
  '"',
  "'",
  '<',
  'a'.repeat(5_000),
];

/** Links that differ from real ones in every way a stranger may think of. */
export function hostileLink(random: () => number): string {
  let link = pick(links, random);
  for (let change = 0; change < 1 + random() * 4; change += 1) {
    const at = Math.floor(random() * (link.length + 1));
    const what = random();
    if (what < 0.5) link = link.slice(0, at) + pick(pieces, random) + link.slice(at);
    else if (what < 0.7) link = link.slice(0, at) + link.slice(at + 1 + Math.floor(random() * 5));
    else if (what < 0.85)
      link = link.slice(0, at) + String.fromCharCode(Math.floor(random() * 0x10000)) + link.slice(at + 1);
    else link = link + pick(links, random);
  }
  return link;
}

/** Arguments of a second process, with a link somewhere among switches. */
export function hostileArguments(random: () => number): string[] {
  const length = Math.floor(random() * 6);
  return Array.from({ length }, () => (random() < 0.4 ? hostileLink(random) : pick(switches, random)));
}

/** What a page may post on its port: not even messages, half ones, and calls that ask for too much. */
export function hostileMessage(random: () => number): unknown {
  const what = random();
  if (what < 0.2) return value(random, 3);
  if (what < 0.3) return new Uint8Array(Array.from({ length: random() * 200 }, () => random() * 256));
  const call = {
    i: pick(['1', '0', '-1', 'x', '9'.repeat(40)], random),
    t: pick([1, 2, 3, 4, 0, 'x'], random),
    p: {
      u: pick(paths, random),
      b: { json: value(random, 3), meta: value(random, 2) },
      h: pick([{}, { 'x-orpc-batch': '1' }, { 'content-type': 'multipart/form-data' }, 7], random),
      m: pick(['GET', 'POST', 'DELETE', 'x'], random),
    },
  };
  const text = JSON.stringify(call);
  return what < 0.6 ? text : text.slice(0, Math.floor(random() * text.length)) + pick(pieces, random);
}

const paths = [
  '/__proto__/constructor',
  '/constructor/prototype',
  'orpc://x/../../../etc/passwd',
  '/clients/list/../delete',
  '/control/killSwitch/set',
  '/clients/%2e%2e/x',
  '//evil.example/clients/list',
  '/',
  '',
];

function value(random: () => number, depth: number): unknown {
  const what = Math.floor(random() * (depth === 0 ? 6 : 9));
  if (what === 0) return null;
  if (what === 1) return pick([0, -1, Number.NaN, Infinity, 2 ** 53, 1e308], random);
  if (what === 2) return pick(pieces, random).repeat(1 + random() * 20);
  if (what === 3) return random() < 0.5;
  if (what === 4) return new Date(random() < 0.1 ? Number.NaN : random() * 1e15);
  if (what === 5) return undefined;
  const entries = Array.from({ length: random() * 4 }, () => value(random, depth - 1));
  if (what === 6) return entries;
  if (what === 7) return new Map(entries.map((entry, index) => [index, entry]));
  return Object.fromEntries(
    entries.map((entry, index) => [pick(['__proto__', 'id', 'input', `key${index}`], random), entry]),
  );
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)] as T;
}
