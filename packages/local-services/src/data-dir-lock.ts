/**
 * Locks DATA_DIR for one run. The lock is a file that names its process; it is valid only while that process lives, so
 * the lock of a killed run is taken over.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
const ATTEMPTS = 20;
/** Longer than another run takes between finding a stale lock and having moved it aside. */
const SETTLE_MS = 100;

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
  const ours = `${process.pid} ${randomUUID()} ${(await startTimeOf(process.pid)) ?? ''}`.trim();
  const lock = {
    dataDir,
    release: () => {
      releaseIfOurs(file, ours);
    },
  };
  let hasMetStale = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if ((await writeNewPrivateFile(file, ours)) && (!hasMetStale || (await isStillOurs(file, ours))))
      return lock;
    const theirs = await readTextIfPresent(file);
    if (theirs === null || theirs === ours) continue;
    const holder = await findHolder(theirs);
    if (holder !== null) {
      throw new PlainError(`${dataDir} is in use by another run (process ${holder}); stop that one first`);
    }
    hasMetStale = true;
    await discardStale(file, theirs);
  }
  throw new PlainError(`${file} keeps changing: other starts are running`);
}

async function findHolder(lock: string): Promise<number | null> {
  const [pid = '', , ...startTime] = lock.split(' ');
  const holder = Number(pid);
  if (!Number.isSafeInteger(holder) || holder <= 0) return null;
  return (await startTimeOf(holder)) === startTime.join(' ') ? holder : null;
}

/** Moves the stale lock aside; when it was replaced meanwhile, restores the new one of another run. */
async function discardStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${randomUUID()}.stale`;
  try {
    await rename(file, aside);
    if ((await readTextIfPresent(aside)) !== stale) await link(aside, file);
  } catch (error) {
    if (!isMissing(error) && !hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** A run that found the same stale lock may have moved ours aside in its place. */
async function isStillOurs(file: string, ours: string): Promise<boolean> {
  await delay(SETTLE_MS);
  return (await readTextIfPresent(file)) === ours;
}

function releaseIfOurs(file: string, ours: string): void {
  try {
    if (readFileSync(file, 'utf8').trim() === ours) rmSync(file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
