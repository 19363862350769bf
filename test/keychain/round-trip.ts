import { keytarKeychain } from '../../main/secrets/keytar.ts';

/* Puts a text into the keychain of this desktop session, unless it is there, and prints what came back. */

const keychain = keytarKeychain();
const text = 'a key with “quotes” and ümlauts';
const before = await keychain.read('round-trip');
if (before === null) await keychain.write('round-trip', text);
console.log(JSON.stringify({ before, after: (await keychain.read('round-trip')) === text }));
