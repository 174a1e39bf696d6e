/**
 * One run per DATA_DIR. The lock is a file naming the process that holds it; it counts only while that very
 * process lives, so the lock of a killed run is taken over.
 */
import { readFileSync, rmSync } from 'node:fs';
import { link, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  ensurePrivateDirectory,
  hasCode,
  isMissing,
  readTextIfPresent,
  writeNewPrivateFile,
} from './private-files.js';
import { startTimeOf } from './process/inspect-process.js';
import { PlainError } from './report.js';

const LOCK_FILE = 'running.lock';
const ATTEMPTS = 10;

export interface DataDirLock {
  /** The directory by its real path: processes are recognised by it. */
  dataDir: string;
  release: () => void;
}

/** @throws PlainError naming the process that uses the directory already */
export async function lockDataDir(directory: string): Promise<DataDirLock> {
  await ensurePrivateDirectory(directory);
  const dataDir = await realpath(directory);
  const file = path.join(dataDir, LOCK_FILE);
  const ours = describe(process.pid, (await startTimeOf(process.pid)) ?? '');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await writeNewPrivateFile(file, ours))
      return {
        dataDir,
        release: () => {
          releaseIfOurs(file, ours);
        },
      };
    const theirs = await readTextIfPresent(file);
    if (theirs === null) continue;
    const holder = await findHolder(theirs);
    if (holder !== null) {
      throw new PlainError(
        `${dataDir} is in use by another run (process ${String(holder)}); stop that one first`,
      );
    }
    await discardStale(file, theirs);
  }
  throw new PlainError(`${file} keeps changing hands; another start is going on`);
}

function describe(pid: number, startTime: string): string {
  return `${String(pid)} ${startTime}`;
}

async function findHolder(lock: string): Promise<number | null> {
  const [pid = '', ...startTime] = lock.split(' ');
  const holder = Number(pid);
  if (!Number.isSafeInteger(holder) || holder <= 0) return null;
  return (await startTimeOf(holder)) === startTime.join(' ') ? holder : null;
}

/** Moves the stale lock aside; when another run was quicker and it is that run's lock by now, puts it back. */
async function discardStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${String(process.pid)}.stale`;
  try {
    await rename(file, aside);
    if ((await readTextIfPresent(aside)) !== stale) await link(aside, file);
  } catch (error) {
    if (!isMissing(error) && !hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function releaseIfOurs(file: string, ours: string): void {
  try {
    if (readFileSync(file, 'utf8').trim() === ours) rmSync(file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
