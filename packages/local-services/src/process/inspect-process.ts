/**
 * Looks at processes of this machine by id. An id alone says little: it may have been given to another
 * program since it was written down, so callers compare start time, command line or working directory.
 */
import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { hasCode } from '../private-files.js';
import { waitUntil } from './wait-until.js';

const run = promisify(execFile);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Differs between two processes that were given the same id one after the other; null: no such process. */
export async function startTimeOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return askPs(pid, 'lstart');
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces; the start time is the 20th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** Whether the process works for `directory`: it is named in its command line or is where it runs. */
export async function worksIn(pid: number, directory: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return (await askPs(pid, 'command'))?.includes(directory) ?? false;
  const proc = `/proc/${String(pid)}`;
  const command = await readFile(`${proc}/cmdline`, 'utf8').catch(() => '');
  const workingDirectory = await readlink(`${proc}/cwd`).catch(() => '');
  return command.split('\0').includes(directory) || workingDirectory === directory;
}

async function askPs(pid: number, field: string): Promise<string | null> {
  try {
    const { stdout } = await run('ps', ['-o', `${field}=`, '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

/** Sends one signal after the other until the process is gone, giving each its time. */
export async function endProcess(pid: number, signals: NodeJS.Signals[], eachMs: number): Promise<void> {
  for (const signal of signals) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(async () => (await startTimeOf(pid)) === null, eachMs)) return;
  }
}
