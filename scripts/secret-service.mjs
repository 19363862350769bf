import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Whether the tests of the keychain can run here: keytar was built, and there are a message bus and a secret service. */
export function hasSecretService() {
  return (
    process.platform === 'linux' && isKeytarBuilt() && isThere('dbus-run-session') && isThere('gnome-keyring-daemon')
  );
}

/**
 * Installs what the tests of the keychain need, where we may: as root on Debian.
 * @returns true when packages must be installed anew, because keytar was left out for want of a library
 */
export function ensureSecretService() {
  if (hasSecretService()) return false;
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log('The tests of the keychain are skipped: they need keytar, dbus-run-session and gnome-keyring.');
    return false;
  }
  console.log('Installing a secret service for the tests of the keychain …');
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-q'], options);
  const packages = ['dbus', 'gnome-keyring', 'libsecret-1-dev'];
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
  return !isKeytarBuilt();
}

/** npm leaves an optional package out when it cannot be built. */
function isKeytarBuilt() {
  try {
    return existsSync(createRequire(import.meta.url).resolve('keytar/build/Release/keytar.node'));
  } catch {
    return false;
  }
}

function isThere(command) {
  return spawnSync('which', [command]).status === 0;
}
