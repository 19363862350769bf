import childProcess from 'node:child_process';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openWire } from '../wire.ts';
import { application } from './app.ts';
import { drives } from './drive.ts';
import { pageEvents } from './page-events.ts';
import { connectTo } from './state.ts';

/*
 * Runs a built desktop bundle as Electron would: `node run.ts <entry> [arguments]`, with a line to the test.
 */

const electron = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
const names = new Set(['electron', 'electron/main', 'electron/common']);
registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier)
      ? { url: electron, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

// The product's fuses forbid it: Electron's own binary would start a second app instead.
childProcess.fork = () => {
  throw new Error('child_process.fork needs the fuse runAsNode, which is off. Use utilityProcess.');
};
syncBuiltinESMExports();

connectTo(openWire(process, { ...pageEvents, ...drives }));
process.on('disconnect', () => process.exit(1));

process.argv.splice(1, 1);
const [, entry = ''] = process.argv;
application.readPackage(entry);
const earlyLinks = process.env.STAND_IN_OPEN_URLS ?? '';
delete process.env.STAND_IN_OPEN_URLS;
Object.assign(process.versions, { electron: '45.4.1', chrome: '156.0.0.0' });
Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: application.getAppPath() });

// Electron is ready only after the entry has been evaluated to its end: awaiting that at its top level never ends.
await import(pathToFileURL(entry).href);
application.emit('will-finish-launching');
for (const url of earlyLinks.split('\n').filter((link) => link !== '')) drives.openUrls([url]);
application.becomeReady();
