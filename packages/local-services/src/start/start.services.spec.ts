/** Kills what `npm start` runs, as in a power cut. Needs `pnpm build`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findFreePort } from '../process/free-port.js';
import { waitUntil } from '../process/wait-until.js';

const LAUNCHER = path.resolve(import.meta.dirname, '../../dist/start.js');
const ADMIN_PASSWORD = 'correct horse battery';
const WITHIN_MS = 100_000;

let directory = '';
let port = 0;
let run: ChildProcess | null = null;
/** Takes requests and never answers, so that deliveries stay under way. */
let receiver: Server;
let receiverUrl = '';

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'start-'));
  port = await findFreePort();
  receiver = createServer().listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
});

afterEach(async () => {
  if (run?.exitCode === null && run.signalCode === null) {
    const exited = once(run, 'exit');
    run.kill('SIGTERM');
    await exited;
  }
  receiver.closeAllConnections();
  receiver.close();
  await rm(directory, { recursive: true, force: true });
});

/** Resolves when the server answers; rejects with the launcher's output when it ends before. */
async function start(): Promise<ChildProcess> {
  const launcher = spawn(process.execPath, [LAUNCHER], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: path.join(directory, 'data'),
      ADMIN_PASSWORD,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  run = launcher;
  const lines: string[] = [];
  for (const output of [launcher.stdout, launcher.stderr]) {
    createInterface({ input: output }).on('line', (line) => lines.push(line));
  }
  const hasEnded = () => launcher.exitCode !== null || launcher.signalCode !== null;
  await waitUntil(async () => hasEnded() || (await isReady()), WITHIN_MS);
  if (hasEnded()) throw new Error(`the launcher ended:\n${lines.join('\n')}`);
  return launcher;
}

function isReady(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

it('starts again at once after it was killed while deliveries were under way', async () => {
  const launcher = await start();
  const cookie = await logIn();
  const app = await post<{ appKey: string }>('/apps', cookie, {
    name: 'Chat',
    packageName: 'com.example.chat',
  });
  await post(`/apps/${app.appKey}/webhooks`, cookie, { url: receiverUrl });
  const asked = once(receiver, 'request');
  await post(`/apps/${app.appKey}/events`, cookie, { event: 'test.ping', data: { message: 'hello' } });
  await asked;
  const exited = once(launcher, 'exit');
  launcher.kill('SIGKILL');
  await exited;
  await start();
  expect(await isReady()).toBe(true);
}, 240_000);

async function logIn(): Promise<string> {
  const response = await send('/auth/login', '', { email: 'admin@example.com', password: ADMIN_PASSWORD });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function post<T>(route: string, cookie: string, body: unknown): Promise<T> {
  const response = await send(route, cookie, body);
  if (!response.ok) throw new Error(`${route} answers ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { data: T }).data;
}

function send(route: string, cookie: string, body: unknown): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/api/v1${route}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'im-console', cookie },
    body: JSON.stringify(body),
  });
}
