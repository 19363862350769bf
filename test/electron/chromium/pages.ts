import type { BrowserContext, Page } from 'playwright';
import type { Calls, Wire } from '../wire.ts';
import { openWindowPage, type WindowPage } from './window-page.ts';

/** The pages of all windows of one app, and what the app's process asks of them. */
export class Pages {
  /** What they wrote to their consoles as errors. */
  readonly errors: string[] = [];
  /** How the app asked to be started anew; null when it did not. */
  relaunch: string[] | null = null;
  readonly #context: BrowserContext;
  readonly #opening = new Map<number, Promise<WindowPage>>();
  readonly #opened = new Map<number, WindowPage>();
  #firstPage = Promise.withResolvers<void>();

  constructor(context: BrowserContext) {
    this.#context = context;
    context.on('weberror', (event) => this.errors.push(event.error().message));
    context.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(`${message.text()} (${message.location().url})`);
    });
    // Whether a window may open was asked before; what Chromium made of it all the same goes.
    context.on('page', (page) => {
      page.opener().then(
        (opener) => (opener !== null || page.url().startsWith('chrome-error:') ? page.close() : undefined),
        () => undefined,
      );
    });
  }

  calls(wire: () => Wire): Calls {
    const of = (id: number): Promise<WindowPage> => {
      const page = this.#opening.get(id);
      return page ?? Promise.reject(new Error(`There is no page ${id}.`));
    };
    return {
      open: async (id: number, preload: string | null) => {
        const opening = openWindowPage(this.#context, wire(), { id, preload });
        this.#opening.set(id, opening);
        this.#opened.set(id, await opening);
        this.#firstPage.resolve();
      },
      load: async (id: number, address: string) => (await of(id)).load(address),
      evaluate: async (id: number, code: string) => (await of(id)).evaluate(code),
      crash: async (id: number) => (await of(id)).crash(),
      close: async (id: number) => {
        const page = await of(id);
        this.#opening.delete(id);
        this.#opened.delete(id);
        if (this.#opened.size === 0) this.#firstPage = Promise.withResolvers();
        await page.close();
      },
      toDocument: (documentId: string, message: object) => {
        for (const page of this.#opened.values()) page.deliver(documentId, message);
      },
      relaunch: (args: string[]) => {
        this.relaunch = args;
      },
    };
  }

  /** @throws Error when there is no window */
  current(): Page {
    const page = this.#opened.get(Math.min(...this.#opened.keys()));
    if (page === undefined) throw new Error('The app has no window.');
    return page.page;
  }

  async untilPage(): Promise<Page> {
    await this.#firstPage.promise;
    return this.current();
  }

  async crash(id: number): Promise<void> {
    await this.#opened.get(id)?.crash();
  }
}
