/** Installs the npm tarballs in an empty folder outside the repository, without a registry, and uses them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot, PROJECT_NODE } from './paths.mjs';
import { capture, StepError } from './run.mjs';
import { packTarballs, packZod } from './tarballs.mjs';

const SCRIPT = `
import { Client } from '@im/client/client';
import { isApiError } from '@im/client/api-error';
import { createReceiver } from 'im-callback-kit';
import { expressCallbacks } from 'im-callback-kit/express';
expressCallbacks(createReceiver({ secrets: ['secret'], onEvent: () => undefined }));
const client = new Client({ url: 'http://127.0.0.1:9', token: 'imk_1', retries: 0 });
const failure = await client.call('GET /apps', {}).catch((error) => error);
if (!isApiError(failure, 'network')) throw failure;
`;

const TYPED = `
import { Client } from '@im/client/client';
import { createReceiver, isEvent } from 'im-callback-kit';
const client = new Client({ url: 'http://127.0.0.1:9', token: 'imk_1' });
export const name: Promise<string> = client
  .call('GET /apps/{appKey}', { params: { appKey: 'ak_1' } })
  .then((app) => app.name);
// @ts-expect-error There is no such route.
export const none = client.call('GET /nothing', {});
createReceiver({
  secrets: ['secret'],
  onEvent: (callback) => {
    if (isEvent(callback, 'message.sent')) console.log(callback.data.senderId);
  },
});
`;

/** Each is a command in the folder, the exit code that it ends with, and what it prints. */
function checksOf(folder, version) {
  const imcb = path.join(folder, 'node_modules', '.bin', 'imcb');
  return [
    ['imcb --version', imcb, ['--version'], 0, version],
    ['imcb --help', imcb, ['--help', '--lang', 'en'], 0, 'Usage: imcb'],
    ['imcb completion', imcb, ['completion', 'bash'], 0, 'redeliver'],
    ['imcb login', imcb, ['login', '--token', 'imk_1', '--url', 'http://127.0.0.1:9'], 6, '127.0.0.1:9'],
    ['imcb diff', imcb, ['diff', '-f', 'wrong.yaml'], 2, 'line 1'],
    ['the client and the kit are imported', PROJECT_NODE, ['script.mjs'], 0, ''],
    ['the types of the client and the kit are whole', inRoot('node_modules/.bin/tsc'), TSC, 0, ''],
  ];
}

const TSC = [
  ...['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'],
  ...['--typeRoots', inRoot('node_modules/@types'), 'typed.mts'],
];

/** Needs their `tsc -b`. Returns `{ passed, failed, failures, output, notRun }`. */
export async function runTarballTests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'imcb-install-'));
  try {
    await install(folder);
    const { version } = JSON.parse(readFileSync(inRoot('packages/cli/package.json'), 'utf8'));
    const checks = checksOf(folder, version);
    const failures = [];
    const outputs = [];
    for (const [name, command, args, code, text] of checks) {
      const env = { ...process.env, XDG_CONFIG_HOME: folder };
      const result = await capture(command, args, { cwd: folder, env });
      if (result.code === code && result.output.includes(text)) continue;
      failures.push(`npm tarballs > ${name}`);
      outputs.push(`${name}: ended with code ${String(result.code)}\n${result.output}`);
    }
    return resultOf(checks.length - failures.length, failures, outputs.join('\n'));
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return resultOf(0, ['npm tarballs > they install'], `${error.message}\n${error.output}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const resultOf = (passed, failures, output) => ({
  ...{ passed, failures, output },
  ...{ failed: failures.length, notRun: [] },
});

async function install(folder) {
  const tarballs = [...(await packTarballs(folder)), await packZod(folder)];
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  writeFileSync(path.join(folder, 'script.mjs'), SCRIPT);
  writeFileSync(path.join(folder, 'typed.mts'), TYPED);
  writeFileSync(path.join(folder, 'wrong.yaml'), 'apps: [');
  const flags = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--cache', '.npm'];
  const { code, output } = await capture('npm', ['install', ...flags, ...tarballs], { cwd: folder });
  if (code !== 0) throw new StepError(`npm install ended with code ${String(code)}`, output);
}
