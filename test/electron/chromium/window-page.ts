import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page } from 'playwright';
import { createCodec } from '../codec.ts';
import type { Said } from '../main/page-events.ts';
import type { Wire } from '../wire.ts';
import { isolatedWorld, type WorldOptions, wrapPreload } from './isolated-world.ts';
import { mainWorld } from './main-world.ts';

/** The name Electron gives its own. */
const worldName = 'Electron Isolated Context';
const codec = createCodec();

type FromDocument = Record<string, unknown> & { type: string; documentId: string };

/** The page of one window of the app, in Chromium. */
export interface WindowPage {
  /** The one there is now: after a crash it is another. */
  page: Page;
  /** @returns null, or Chromium's word for why it did not load */
  load(address: string): Promise<string | null>;
  evaluate(code: string): Promise<unknown>;
  crash(): Promise<void>;
  /** Whether this document is the one in the window. */
  holds(documentId: string): boolean;
  deliver(documentId: string, message: object): void;
  close(): Promise<void>;
}

/** A page and what is known of it. */
interface State {
  page: Page;
  cdp: CDPSession;
  /** Its documents so far, and the isolated world of each. */
  documents: Map<string, string>;
  /** Where the app itself sends it: nobody is asked about that. */
  expected: string | null;
  hasCrashed: boolean;
  /** Chromium's id of the empty document it begins with. */
  firstLoader: string;
  /** Documents that are Chromium's own words about a failure. */
  failed: Set<string>;
  loaded: Set<string>;
  onLoad: () => void;
}

/** @param id of the window, under which the app's process knows it */
export async function openWindowPage(
  context: BrowserContext,
  wire: Wire,
  { id, preload }: { id: number; preload: string | null },
): Promise<WindowPage> {
  const options: WorldOptions = {
    binding: `out${randomBytes(8).toString('hex')}`,
    receiver: `in${randomBytes(8).toString('hex')}`,
    line: randomBytes(8).toString('hex'),
  };
  const source = wrapPreload(preload === null ? null : readFileSync(preload, 'utf8'));
  let current = await openPage();

  /** A page that crashed cannot be used again. */
  async function openPage(): Promise<State> {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const state: State = {
      page,
      cdp,
      documents: new Map(),
      expected: null,
      hasCrashed: false,
      firstLoader: '',
      failed: new Set(),
      loaded: new Set(),
      onLoad: () => undefined,
    };
    page.on('crash', () => {
      state.hasCrashed = true;
      wire.tell('crashed', id);
    });
    await listen(cdp, state);
    return state;
  }

  async function listen(cdp: CDPSession, state: State): Promise<void> {
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const mainFrame = frameTree.frame.id;
    state.firstLoader = frameTree.frame.loaderId;
    const contexts = new Map<number, string>();

    cdp.on('Runtime.executionContextCreated', ({ context: { id: contextId, uniqueId } }) =>
      contexts.set(contextId, uniqueId),
    );
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== options.binding) return;
      const message = codec.decode(payload) as FromDocument;
      if (message.type === 'document') {
        if (String(message.address).startsWith('chrome-error:')) return;
        state.documents.set(message.documentId, contexts.get(executionContextId) ?? '');
        wire.tell('committed', id, message.documentId, message.address);
      } else void said(message);
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === mainFrame) wire.tell('movedWithin', id, url);
    });
    cdp.on('Page.domContentEventFired', () => wire.tell('domReady', id));
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.unreachableUrl !== undefined) state.failed.add(frame.loaderId);
    });
    cdp.on('Page.lifecycleEvent', ({ name, frameId, loaderId }) => {
      if (name !== 'load' || frameId !== mainFrame || state.failed.has(loaderId)) return;
      state.loaded.add(loaderId);
      state.onLoad();
      if (loaderId !== state.firstLoader) wire.tell('loaded', id);
      state.page.title().then(
        (title) => wire.tell('titled', id, title),
        () => undefined,
      );
    });
    cdp.on('Page.windowOpen', ({ url, windowName }) => wire.tell('opensWindow', id, url, windowName));
    cdp.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (frameId === mainFrame && !/^(https?|about|blob|data|javascript):/.test(url)) wire.tell('leaves', id, url);
    });
    cdp.on('Fetch.requestPaused', ({ requestId, request, frameId, redirectedRequestId }) => {
      const isMainFrame = frameId === mainFrame;
      const isRedirect = redirectedRequestId !== undefined;
      const address = request.url + (request.urlFragment ?? '');
      const isOwn = isMainFrame && !isRedirect && state.expected === address;
      if (isOwn) state.expected = null;
      const may = isOwn
        ? Promise.resolve(true)
        : wire.call<boolean>('mayNavigate', id, { address, isMainFrame, isRedirect });
      may
        .catch(() => false)
        .then((isAllowed) =>
          isAllowed
            ? cdp.send('Fetch.continueRequest', { requestId })
            : // A page stays where it is when the answer has nothing in it, as after preventDefault().
              cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 204 }),
        )
        .catch(() => undefined);
    });

    await cdp.send('Page.enable');
    await cdp.send('Page.setLifecycleEventsEnabled', { enabled: true });
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: options.binding, executionContextName: worldName });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(mainWorld)})(${JSON.stringify({ line: options.line })})`,
    });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(isolatedWorld)})(${JSON.stringify(options)}, ${String(createCodec)}, ${source})`,
      worldName,
    });
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] });
  }

  async function said({ type, documentId, ...message }: FromDocument): Promise<void> {
    if (type === 'port-message') wire.tell('portSays', message.port, message.data);
    else if (type === 'port-close') wire.tell('portClosed', message.port);
    else if (type === 'permission') {
      const ask = message.isLookup === true ? 'hasPermission' : 'permits';
      const isGranted = await wire.call<boolean>(ask, id, message.permission, message.address).catch(() => false);
      if (isGranted) await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
      deliver(documentId, { type: 'permission', question: message.question, isGranted });
    } else if (type === 'preload-error') console.error(`Unable to load preload script: ${String(message.message)}`);
    else wire.tell('says', id, documentId, { type, ...message } as unknown as Said);
  }

  function deliver(documentId: string, message: object): void {
    const uniqueContextId = current.documents.get(documentId);
    if (uniqueContextId === undefined) return;
    const expression = `${options.receiver}(${JSON.stringify(codec.encode(message))})`;
    // The document may go at any time, and with it whoever could be told.
    current.cdp.send('Runtime.evaluate', { expression, uniqueContextId }).catch(() => undefined);
  }

  return {
    get page() {
      return current.page;
    },

    async load(address) {
      if (current.hasCrashed) {
        await current.page.close();
        current = await openPage();
      }
      const state = current;
      const { cdp, page } = state;
      current.expected = address;
      try {
        const { errorText, loaderId } = await cdp.send('Page.navigate', { url: address });
        if (errorText !== undefined) return errorText.replace(/^net::/, '');
        if (loaderId === undefined) return null;
        return await new Promise((resolve) => {
          state.onLoad = () => state.loaded.has(loaderId) && resolve(null);
          state.onLoad();
          page.once('close', () => resolve('ERR_ABORTED'));
        });
      } catch (error) {
        return error instanceof Error && error.message.includes('closed') ? 'ERR_ABORTED' : String(error);
      }
    },

    evaluate: (code) => current.page.evaluate(code),
    holds: (documentId) => current.documents.has(documentId),
    deliver,

    async crash() {
      const crashed = current.page.waitForEvent('crash');
      // Never answered: who would is gone.
      current.cdp.send('Page.crash').catch(() => undefined);
      await crashed;
    },

    close: () => current.page.close(),
  };
}
