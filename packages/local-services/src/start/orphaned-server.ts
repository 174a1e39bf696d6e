/**
 * Waits for a server whose launcher was killed: it stops by itself, but takes a moment. Its id is kept in DATA_DIR, so
 * that the next start can wait until the port and its leased rows are free.
 */
import { writeFile } from 'node:fs/promises';
import { readTextIfPresent } from '../private-files.js';
import { endProcess, startTimeOf } from '../process/inspect-process.js';
import type { Report } from '../report.js';

/** Longer than a server without its launcher takes to stop. */
const STOPS_WITHIN_MS = 6_000;

/** Called after each start of the server. */
export async function rememberServer(file: string, pid: number): Promise<void> {
  const startTime = await startTimeOf(pid);
  if (startTime !== null) await writeFile(file, `${pid} ${startTime}\n`, { mode: 0o600 });
}

/** Resolves once the server that `file` names, if it still runs, has ended; one that is stuck is killed. */
export async function endOrphanedServer(file: string, report: Report): Promise<void> {
  const [pid = '', ...startTime] = ((await readTextIfPresent(file)) ?? '').split(' ');
  const orphan = Number(pid);
  if (!Number.isSafeInteger(orphan) || orphan <= 0) return;
  if ((await startTimeOf(orphan)) !== startTime.join(' ')) return;
  report(`waiting for the server of a run that was killed (process ${orphan})`);
  await endProcess(orphan, ['SIGTERM', 'SIGKILL'], STOPS_WITHIN_MS);
}
