import { boot } from '../../main/boot.ts';
import { readEnvironment } from '../../main/environment.ts';
import { rememberingLog } from '../../main/host/recent-log.ts';
import { systemClock } from '../../main/host/time.ts';

/*
 * One run of the app with its key in the keychain of the desktop session that this process is started in. Keeps a
 * secret at the first run, reads it at the next, and prints what it found as JSON.
 */

const silent = rememberingLog(
  { info: () => undefined, warn: () => undefined, error: () => undefined },
  systemClock.now,
);
const app = await boot({
  ...readEnvironment(process.env, ['--live']),
  log: silent,
  version: '0.0.0-test',
  builtAt: 0,
  videoAssets: '',
  keyHome: 'keychain',
  restart: () => undefined,
  tryAgain: () => undefined,
});
const { credentials, options } = app.core;
let kept: string | null = null;
if (app.locked() === null) {
  if ((await credentials.secretsOf('groq')) === null) await credentials.put('groq', { apiKey: 'gsk_keychain' }, 'test');
  kept = (await credentials.secretsOf('groq'))?.apiKey.reveal() ?? null;
}
console.log(JSON.stringify({ locked: app.locked(), keyPlace: options.keyPlace, kept }));
await app.stop('quit');
process.exit(0);
