/** The scheme of the pages in the window, without colon. */
export const pageScheme = 'app';

/** Where all of them live. Whatever asks whether something is ours asks this. */
export const pageOrigin = `${pageScheme}://bundle`;

/** Whether an address is a page of ours: parsed, because `app://bundle.evil/` and `?x=app://bundle` look like one. */
export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return `${protocol}//${host}` === pageOrigin && username === '' && password === '';
}

/** The address of a page of ours. @param path from the root, e.g. `/pipeline?show=attention` */
export function pageAddress(path: string): string {
  return new URL(path, `${pageOrigin}/`).href;
}
