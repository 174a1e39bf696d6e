/** Runs the built service as a separate process, to be killed. Needs `pnpm build:code`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ProcessRole } from '../config/env.js';

const DIST = path.resolve(import.meta.dirname, '../../dist');

export interface ServerProcess {
  /** Where it listens. */
  url: string;
  /** What it has logged. */
  lines: string[];
  /** @param signal SIGKILL: without any shutdown */
  stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/**
 * @param port 0: a free one
 * @returns once the process says that it started
 */
export async function startServerProcess(
  role: ProcessRole,
  env: Record<string, string>,
  port = 0,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [path.join(DIST, `main.${role}.js`)], {
    env: {
      SHUTDOWN_DRAIN_SECONDS: '0',
      LOG_LEVEL: 'info',
      ...env,
      PORT: String(port),
      HOST: '127.0.0.1',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const startedAt = await startedPort(child, role, lines);
  return {
    url: `http://127.0.0.1:${startedAt}`,
    lines,
    stop: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

async function startedPort(child: ChildProcess, role: ProcessRole, lines: string[]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let lastLines = '';
  const read = (line: string): void => {
    lines.push(line);
    if (line.includes('"process.started"')) resolve((JSON.parse(line) as { port: number }).port);
    else if (/"level":[56]0|^[^{]/.test(line)) lastLines = `${lastLines}\n${line}`.slice(-2_000);
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', read);
  child.once('exit', (code) => reject(new Error(`The ${role} ended with ${code}:${lastLines}`)));
  return promise;
}
