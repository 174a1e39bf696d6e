import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseUnavailable, isWriteConflict } from './database-errors.js';

const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 1_000;

/**
 * Runs a transaction again while PostgreSQL is away or chose it as the victim of a deadlock.
 *
 * @param work must be safe to run again after a commit whose answer was lost
 * @param forMs how long to keep trying, milliseconds
 * @throws the last error when the time is over, any other error at once
 */
export async function retryTransient<T>(work: () => Promise<T>, forMs: number): Promise<T> {
  const giveUpAt = performance.now() + forMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || performance.now() + pauseMs > giveUpAt) throw error;
      await delay(pauseMs);
    }
  }
}

/** PostgreSQL is away, or chose the transaction as the victim of a deadlock. */
export function isTransient(error: unknown): boolean {
  return isDatabaseUnavailable(error) || isWriteConflict(error);
}
