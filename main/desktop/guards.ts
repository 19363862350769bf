import { app, type Session, type WebContents } from 'electron/main';
import type { OpenExternal } from './external.ts';
import { type LocalOrigins, whither } from './navigation.ts';
import { isGranted } from './permissions.ts';

/** Keeps every page that is ever made where it belongs. To be called before Electron is ready. */
export function guardPages(local: () => LocalOrigins, openExternal: OpenExternal): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, local, openExternal));
}

function guard(contents: WebContents, local: () => LocalOrigins, openExternal: OpenExternal): void {
  contents.on('will-navigate', (event) => {
    const to = whither(event.url, local());
    if (to !== 'stay') event.preventDefault();
    if (to === 'browser') void openExternal(event.url);
  });
  contents.on('will-redirect', (event) => {
    if (whither(event.url, local()) !== 'stay') event.preventDefault();
  });
  // Our pages have no frames.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (whither(url, local(), { isNewWindow: true }) === 'browser') void openExternal(url);
    return { action: 'deny' };
  });
}

/** Answers for a person whatever pages may ask of the browser. */
export function answerPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(isGranted(permission, requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isGranted(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}
