/** Computes how far a recovery has come, and which ones are worth showing. */
import type { Recovery } from '@im/contracts/api/recoveries';

/** An ended one stays on the page for this long, so that the person who started it sees the outcome. */
const SHOWN_AFTER_END_MS = 3_600_000;

/** 0 to 100: by count if known, else by how much of the range was scanned; 100 only once it has ended. */
export function percentOf(recovery: Recovery): number {
  if (recovery.state === 'completed') return 100;
  const share = recovery.isTotalFinal ? doneShare(recovery) : scannedShare(recovery);
  return Math.min(99, Math.floor(share * 100));
}

export function isUnfinished({ state }: Recovery): boolean {
  return state === 'running' || state === 'paused';
}

/** Whether the next load may show something else. */
export function mayMove(recovery: Recovery): boolean {
  return recovery.state === 'running' || recovery.pending > 0;
}

/** Those that go on, and the newest when it has just ended. */
export function recoveriesToShow(newestFirst: readonly Recovery[], nowMs: number): Recovery[] {
  return newestFirst.filter(
    (recovery, index) =>
      isUnfinished(recovery) ||
      (index === 0 && Date.parse(recovery.finishedAt ?? '') > nowMs - SHOWN_AFTER_END_MS),
  );
}

function doneShare({ total, succeeded, failed, canceled, skipped }: Recovery): number {
  const done = succeeded + failed + canceled + Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : done / total;
}

function scannedShare({ from, to, scannedUntil }: Recovery): number {
  const spanMs = Date.parse(to) - Date.parse(from);
  return spanMs > 0 ? (Date.parse(scannedUntil) - Date.parse(from)) / spanMs : 0;
}
