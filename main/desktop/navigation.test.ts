import { describe, expect, it } from 'vitest';
import { isForBrowser, whither } from './navigation.ts';
import { isOurPage, pageAddress, pageOrigin } from './page-origin.ts';

const nothingLocal = new Set<string>();
const sandbox = new Set(['http://127.0.0.1:41357']);

/** Each looks like a page of ours to somebody who does not parse it. */
const impostors = [
  'app://bundle.evil/',
  'app://evil/?next=app://bundle/',
  'app://bundle@evil/',
  'app://me@bundle/',
  'app://me:secret@bundle/',
  'app://bundle:80/',
  'app://Bundle.evil/',
  'app:bundle/',
  'app:/bundle/',
  'xapp://bundle/',
  'https://bundle/',
  'https://app://bundle/',
  'file:///app://bundle/',
  'data:text/html,app://bundle/',
  'blob:app://bundle/1',
  'about:blank',
  'about:srcdoc',
  'view-source:app://bundle/',
  'javascript:location="app://bundle/"',
  '//bundle/',
  '',
];

describe('a page of ours', () => {
  it.each(['app://bundle', 'app://bundle/', 'app://bundle/posts/1?x=https://evil.example#y'])('is %s', (address) => {
    expect(isOurPage(address)).toBe(true);
  });

  it.each(impostors)('is not %s', (address) => {
    expect(isOurPage(address)).toBe(false);
    expect(whither(address, nothingLocal)).not.toBe('stay');
  });

  it('has an address below the one origin, whatever its path', () => {
    expect(pageAddress('/posts/1?a=b')).toBe(`${pageOrigin}/posts/1?a=b`);
    expect(isOurPage(pageAddress('/../../etc/passwd'))).toBe(true);
  });
});

describe('a navigation', () => {
  it('stays in the window for our own pages, and never makes a second window', () => {
    expect(whither('app://bundle/clients', nothingLocal)).toBe('stay');
    expect(whither('app://bundle/clients', nothingLocal, { isNewWindow: true })).toBe('nowhere');
  });

  it('goes to the browser for the web', () => {
    expect(whither('https://www.facebook.com/1', nothingLocal)).toBe('browser');
  });
});

describe('what may be given to the operating system', () => {
  it.each([
    'https://www.tiktok.com/@me/video/1',
    'https://developers.facebook.com/apps?x=javascript:alert(1)',
    'mailto:help@agency.example',
    'mailto:help@agency.example?subject=Hello',
  ])('is %s', (address) => expect(isForBrowser(address, nothingLocal)).toBe(true));

  it.each([
    ...impostors.filter((address) => !address.startsWith('https://')),
    'http://www.facebook.com/',
    'http://127.0.0.1:41357/feed',
    'http://localhost/',
    'file:///etc/passwd',
    'file://server/share/a.exe',
    'smb://server/share',
    'ms-msdt:/id',
    'search-ms:query=x',
    'vscode://file/x',
    'autosocial://onboard/x',
    'ftp://example.com',
    'ssh://example.com',
    'tel:123',
    'mailto:',
    'mailto:?to=a@b.example',
    'javascript:alert(1)',
    ' https://www.facebook.com/',
    'https://www.facebook.com/\0',
    'https://www.facebook.com/\n',
    'https://me@www.facebook.com/',
    'https://me:secret@www.facebook.com/',
    'https://',
    `https://www.facebook.com/${'x'.repeat(10_000)}`,
  ])('is not %j', (address) => expect(isForBrowser(address, nothingLocal)).toBe(false));

  it('is the sandbox, when it runs, and nothing beside it', () => {
    expect(isForBrowser('http://127.0.0.1:41357/feed', sandbox)).toBe(true);
    expect(isForBrowser('http://127.0.0.1:41358/feed', sandbox)).toBe(false);
    expect(isForBrowser('http://localhost:41357/feed', sandbox)).toBe(false);
    expect(isForBrowser('http://me@127.0.0.1:41357/feed', sandbox)).toBe(false);
  });
});
