/** Runs the built service as separate processes, with the settings of production. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { SERVER_NODE_ARGUMENTS } from '@im/local-services/server-node-arguments';
import { waitUntil } from './wait-until.js';

export type ServerRole = 'all' | 'api' | 'worker';

export interface ServerRecipe {
  role: ServerRole;
  /** Settings besides `PORT` and `HOST`. */
  env: Record<string, string>;
  /** Gets both output streams, appended. */
  logFile: string;
  /** Given to Node, before the script. */
  nodeArguments: readonly string[];
}

const DIST = path.resolve(import.meta.dirname, '../../../apps/server/dist');
const READY_WITHIN_MS = 60_000;
const PROBE_TIMEOUT_MS = 5_000;
const LOG_TAIL_CHARACTERS = 2_000;

export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly role: ServerRole,
    readonly url: string,
    /** Gets both output streams, appended. */
    readonly logFile: string,
  ) {}

  /** Resolves when it runs; ready it is later. */
  static async launch({ role, env, logFile, nodeArguments }: ServerRecipe): Promise<ServerProcess> {
    const port = await findFreePort();
    const log = await open(logFile, 'a');
    const child = spawn(
      process.execPath,
      [...SERVER_NODE_ARGUMENTS, ...nodeArguments, path.join(DIST, `main.${role}.js`)],
      {
        env: { ...env, PORT: String(port), HOST: '127.0.0.1', NODE_ENV: 'production' },
        // The channel shows it when we are gone, for any reason.
        stdio: ['ignore', log.fd, log.fd, 'ipc'],
      },
    );
    const spawned = once(child, 'spawn');
    await log.close();
    await spawned;
    return new ServerProcess(child, role, `http://127.0.0.1:${String(port)}`, logFile);
  }

  /** Resolves when it says that it is ready. @throws Error with the end of its log */
  async untilReady(): Promise<void> {
    const seen = { isReady: false };
    await waitUntil(async () => {
      seen.isReady = await this.isReady();
      return seen.isReady || !this.isRunning;
    }, READY_WITHIN_MS);
    if (seen.isReady) return;
    throw new Error(`The ${this.role} process did not become ready:\n${await this.logTail()}`);
  }

  async logTail(): Promise<string> {
    return (await readFile(this.logFile, 'utf8')).slice(-LOG_TAIL_CHARACTERS);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @param signal SIGTERM: in order; SIGKILL: without any shutdown */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }

  /** Resolves with how it ended. */
  async untilEnded(): Promise<string> {
    if (this.isRunning) await once(this.child, 'exit');
    return this.child.signalCode ?? `exit code ${String(this.child.exitCode)}`;
  }

  /** Suspends it, or resumes it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  /** Sends a message over the channel to the process. */
  send(message: object): void {
    this.child.send(message, () => undefined);
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
