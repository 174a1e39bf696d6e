/** The built service as processes of its own, with the settings of production. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { waitUntil } from './wait-until.js';

export type ServerRole = 'all' | 'api' | 'worker';

export interface ServerRecipe {
  role: ServerRole;
  /** Settings beside `PORT` and `HOST`. */
  env: Record<string, string>;
  /** Gets both output streams, appended. */
  logFile: string;
  /** Given to Node, before the script. */
  nodeArguments: readonly string[];
}

const DIST = path.resolve(import.meta.dirname, '../../../apps/server/dist');
const READY_WITHIN_MS = 60_000;
const PROBE_TIMEOUT_MS = 2_000;
const LOG_TAIL_CHARACTERS = 2_000;

export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly role: ServerRole,
    readonly url: string,
  ) {}

  /** Resolves when it says that it is ready. */
  static async start({ role, env, logFile, nodeArguments }: ServerRecipe): Promise<ServerProcess> {
    const port = await findFreePort();
    const log = await open(logFile, 'a');
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', ...nodeArguments, path.join(DIST, `main.${role}.js`)],
      {
        env: { ...env, PORT: String(port), HOST: '127.0.0.1', NODE_ENV: 'production' },
        // The channel tells it when we are gone, however we went.
        stdio: ['ignore', log.fd, log.fd, 'ipc'],
      },
    );
    await log.close();
    const server = new ServerProcess(child, role, `http://127.0.0.1:${String(port)}`);
    await waitUntil(async () => !server.isRunning || (await server.isReady()), READY_WITHIN_MS);
    if (server.isRunning && (await server.isReady())) return server;
    await server.end('SIGKILL');
    const tail = (await readFile(logFile, 'utf8')).slice(-LOG_TAIL_CHARACTERS);
    throw new Error(`The ${role} process did not become ready:\n${tail}`);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @param signal SIGTERM: in order; SIGKILL: no goodbye at all */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }

  private async isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const closed = once(server, 'close');
  server.close();
  await closed;
  return port;
}
