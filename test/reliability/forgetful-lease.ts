import { registerHooks } from 'node:module';

/*
 * Loaded into a host before it starts, as the control of rel:two: takes the check of the epoch out of its built code,
 * so that a holder which has been overtaken goes on until it next renews its lease.
 */

const check = 'async assertHeld(within, epoch) {';

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/out/server/index.js')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(check)) throw new Error('The check of the epoch was not found in the built host.');
    return { ...loaded, source: source.replace(check, `${check} return;`) };
  },
});
