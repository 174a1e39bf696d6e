/** Runs the receivers of `kits/` that were built for this machine, each as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { vi } from 'vitest';

/** Of `.cache/kits/receivers.json`, which `scripts/shared/kits.mjs` writes. */
export interface KitProgram {
  /** Such as `Flask`. */
  name: string;
  command: string;
  args: string[];
  cwd: string;
}

/** Which of the two secrets a receiver knows: it is at `/<keys>/<scheme>`. */
export type KnownKeys = 'old' | 'new' | 'both';

export interface HandledEvent {
  callbackId: string;
  event: string;
  /** `extra.big` of the payload, as the receiver printed it. */
  big: string;
}

export interface KitReceiver {
  name: string;
  urlOf: (keys: KnownKeys, scheme: string) => string;
  handled: HandledEvent[];
  stop: () => Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const PROGRAMS = path.join(ROOT, '.cache/kits/receivers.json');

/** Those of Node need nothing; `pnpm test:kits` builds the others where their runtimes are. */
export function kitPrograms(): KitProgram[] {
  const cwd = path.join(ROOT, 'kits/node');
  const ofNode = ['express', 'fastify'].map((name) => ({
    name: name === 'express' ? 'Express' : 'Fastify',
    command: process.execPath,
    args: ['test/conformance.mjs', name],
    cwd,
  }));
  const others = existsSync(PROGRAMS) ? (JSON.parse(readFileSync(PROGRAMS, 'utf8')) as KitProgram[]) : [];
  return [...ofNode, ...others];
}

/** @param secrets the old and the new one */
export async function startKitReceiver(
  { name, command, args, cwd }: KitProgram,
  secrets: readonly [string, string],
): Promise<KitReceiver> {
  const port = await freePort();
  const directory = await mkdtemp(path.join(tmpdir(), 'im-kit-'));
  const child = spawn(
    command,
    args.map((arg) => arg.replace('{port}', String(port))),
    {
      cwd,
      env: {
        ...process.env,
        PORT: String(port),
        SECRETS: JSON.stringify(secrets),
        STORE_DIRECTORY: directory,
        PYTHONDONTWRITEBYTECODE: '1',
        // Java decodes its environment, and the secrets in it, by the locale.
        LC_ALL: 'C.UTF-8',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const exited = once(child, 'exit');
  const handled: HandledEvent[] = [];
  const other: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const [word, callbackId, event, big] = line.split(' ');
    if (word === 'handled' && callbackId && event && big) handled.push({ callbackId, event, big });
    else other.push(line);
  });
  createInterface(child.stderr).on('line', (line) => other.push(line));
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`${name} ended: ${other.slice(-20).join('\n')}`);
      await fetch(url);
    },
    { timeout: 120_000, interval: 50 },
  );
  return {
    name,
    urlOf: (keys, scheme) => `${url}/${keys}/${scheme}`,
    handled,
    stop: async () => {
      child.kill();
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
