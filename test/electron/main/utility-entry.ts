import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * The first module of a utility process: gives it `process.parentPort`, takes what is the stand-in's own out of its
 * sight, and runs the module that was asked for.
 */

const send = process.send?.bind(process);
const port = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => void send?.(message),
  start: () => undefined,
  close: () => process.disconnect(),
});
process.on('message', (data) => port.emit('message', { data, ports: [] }));
process.on('disconnect', () => process.exit(0));
process.argv.splice(1, 1);
delete process.send;
Object.assign(process, { parentPort: port, type: 'utility' });

await import(pathToFileURL(resolve(process.argv[1] ?? '')).href);
