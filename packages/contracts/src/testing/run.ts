/** Runs programs, and finds out which of them this machine has. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface Run {
  command: string;
  args: string[];
  cwd?: string;
}

export const ENVIRONMENT = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', LC_ALL: 'C.UTF-8' };

/**
 * @param variables of the environment; undefined takes one away
 * @returns what it prints
 */
export async function run(
  { command, args, cwd }: Run,
  input = '',
  variables: Record<string, string | undefined> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      args,
      { ...(cwd !== undefined && { cwd }), env: { ...ENVIRONMENT, ...variables }, maxBuffer: 8 * 1_048_576 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${command} ${args.join(' ')}: ${error.message}\n${stderr}`));
        else resolve(stdout);
      },
    );
    // One that ends before it read everything is no error of its own.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** @returns the first that fails, null if none does */
export async function firstMissing(needs: readonly Run[]): Promise<Run | null> {
  for (const need of needs) {
    const isThere = await run(need).then(
      () => true,
      () => false,
    );
    if (!isThere) return need;
  }
  return null;
}

/** Whether the PATH has a program of this name, be it broken or not. */
export async function isOnPath(command: string): Promise<boolean> {
  const directories = (process.env.PATH ?? '').split(path.delimiter);
  const found = await Promise.all(
    directories.map((directory) =>
      access(path.resolve(directory, command), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
