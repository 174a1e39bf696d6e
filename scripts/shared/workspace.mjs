/** Installs and builds, each only when something it depends on has changed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprintOf, readStamp, writeStamp } from './fingerprint.mjs';
import { hasProjectNode, inRoot, PROJECT_NODE, projectEnvironment } from './paths.mjs';
import { step } from './progress.mjs';
import { capture, run, StepError } from './run.mjs';

const OLDEST_NODE = 20;
/** Older ones get no more fixes. They only start: the service itself runs on the project's Node. */
const OLDEST_MAINTAINED_NODE = 22;
/** Retries of npx, which fetches pnpm, and of pnpm, which fetches the packages: about two minutes in all. */
const REGISTRY_RETRIES = {
  npm_config_fetch_retries: '5',
  npm_config_fetch_retry_mintimeout: '2000',
  npm_config_fetch_retry_maxtimeout: '60000',
};

/** Ends the process when its Node is too old, and warns in one line when it is merely old. */
export function checkNode() {
  const { isUsable, message } = judgeNode(process.versions.node);
  if (message) console.error(message);
  if (!isUsable) process.exit(1);
}

export function judgeNode(version) {
  const major = Number(version.split('.')[0]);
  if (major < OLDEST_NODE)
    return { isUsable: false, message: `Node.js ${OLDEST_NODE} or newer is needed; this is ${version}` };
  if (major < OLDEST_MAINTAINED_NODE)
    return {
      isUsable: true,
      message: `! Node.js ${version} is no longer maintained: update to ${OLDEST_MAINTAINED_NODE} or newer soon`,
    };
  return { isUsable: true, message: '' };
}

export async function ensureInstalled() {
  const manifests = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    '.npmrc',
    ...packageManifests(),
  ];
  const fingerprint = fingerprintOf(
    manifests.map((name) => inRoot(name)),
    { byContent: true },
  );
  if (readStamp('installed') === fingerprint && hasProjectNode()) return;
  await step('installing dependencies', () => pnpmInstall());
  if (!hasProjectNode()) {
    throw new StepError(
      `${path.relative(inRoot(), PROJECT_NODE)} is missing: the install script of "node" did not run`,
    );
  }
  writeStamp('installed', fingerprint);
}

function packageManifests() {
  const packages = ['apps', 'packages'].flatMap((group) =>
    readdirSync(inRoot(group)).map((name) => path.join(group, name)),
  );
  return [...packages, 'bench', 'faults', 'e2e', 'kits/generator', 'kits/node'].map((directory) =>
    path.join(directory, 'package.json'),
  );
}

/** A global pnpm may be absent or another version, so the pinned one is run through npx. */
async function pnpmInstall() {
  const { packageManager } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const [command, prefix] = findNpx();
  const install = [
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
    '--config.confirm-modules-purge=false',
  ];
  const env = { ...REGISTRY_RETRIES, ...process.env };
  const { code, output } = await capture(command, [...prefix, '--yes', packageManager, ...install], { env });
  if (code === 0) return;
  if (isRegistryAway(output)) throw new StepError(NO_REGISTRY);
  throw new StepError(`installing the dependencies ended with code ${code}`, output);
}

const NO_REGISTRY =
  'The npm registry cannot be reached, and the first start downloads the dependencies from it: check the network, a proxy (HTTPS_PROXY), or name another registry (npm config set registry https://…)';

/** In the words of npm, pnpm and Node. */
export function isRegistryAway(output) {
  return /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|UND_ERR_CONNECT_TIMEOUT|ERR_PNPM_META_FETCH_FAIL)\b/.test(
    output,
  );
}

/** The npx next to the npm that started us, else the one on PATH. */
function findNpx() {
  const npm = process.env.npm_execpath;
  const nextToNpm = npm && path.join(path.dirname(npm), 'npx-cli.js');
  if (nextToNpm && path.basename(npm) === 'npm-cli.js' && existsSync(nextToNpm))
    return [process.execPath, [nextToNpm]];
  return ['npx', []];
}

const CODE_SOURCES = [
  'tsconfig.base.json',
  ...['packages/contracts', 'packages/simulators', 'packages/local-services', 'apps/server'].flatMap(
    sourcesOf,
  ),
];
const CONSOLE_SOURCES = [
  'apps/console',
  'packages/contracts/src',
  'docs/samples',
  ...['node/examples', 'python/examples', 'go/examples', 'java/src/test/java/example', 'php/examples'].map(
    (name) => `kits/${name}`,
  ),
];
const FAULTS_SOURCES = [
  ...CODE_SOURCES,
  ...['packages/testbed', 'packages/client', 'packages/cli', 'faults'].flatMap(sourcesOf),
];
const BENCH_SOURCES = [...CODE_SOURCES, ...['packages/testbed', 'bench'].flatMap(sourcesOf)];
const KITS_SOURCES = [
  'tsconfig.base.json',
  ...['packages/contracts', 'kits/generator', 'kits/node'].flatMap(sourcesOf),
];

function sourcesOf(directory) {
  return [`${directory}/src`, `${directory}/package.json`, `${directory}/tsconfig.json`];
}

export async function ensureBuilt() {
  await build(
    'server',
    CODE_SOURCES,
    ['packages/local-services/dist/start.js', 'apps/server/dist/main.all.js'],
    () => runTool('tsc', ['-b', 'packages/contracts', 'packages/local-services', 'apps/server']),
  );
  await build('console', CONSOLE_SOURCES, ['apps/console/dist/index.html'], () =>
    runTool('vite', ['build'], inRoot('apps', 'console')),
  );
}

/** What only tests need. */
export async function ensureTestbedBuilt() {
  await build(
    'fault suite',
    FAULTS_SOURCES,
    ['packages/testbed/dist/services.js', 'packages/cli/dist/main.js', 'faults/dist/main.js'],
    () => runTool('tsc', ['-b', 'packages/cli', 'faults']),
  );
  await build('benchmark', BENCH_SOURCES, ['packages/testbed/dist/services.js', 'bench/dist/main.js'], () =>
    runTool('tsc', ['-b', 'bench']),
  );
}

/** The kit for Node, whose receivers are run the way users run them. */
export async function ensureKitsBuilt() {
  await build('kits', KITS_SOURCES, ['kits/node/dist/index.js', 'kits/generator/dist/main.js'], () =>
    runTool('tsc', ['-b', 'kits/generator', 'kits/node']),
  );
}

async function build(name, sources, outputs, work) {
  const fingerprint = `${readStamp('installed')} ${fingerprintOf(sources.map((source) => inRoot(source)))}`;
  const stampName = `built-${name}`;
  if (readStamp(stampName) === fingerprint && outputs.every((output) => existsSync(inRoot(output)))) return;
  await step(`building the ${name}`, async () => {
    await work();
  });
  writeStamp(stampName, fingerprint);
}

/** Runs a tool of the workspace on the project's Node. */
export function runTool(name, args, cwd = inRoot()) {
  const local = path.join(cwd, 'node_modules', '.bin', name);
  const command = existsSync(local) ? local : inRoot('node_modules', '.bin', name);
  return run(command, args, { cwd, env: projectEnvironment() });
}
