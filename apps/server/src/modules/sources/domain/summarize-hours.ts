import type { SourceCounters, SourceHours } from '@im/contracts/api/sources';

const HOUR_MS = 3_600_000;
export const HOURS = 24;

export interface HourRow extends Omit<SourceCounters, 'received'> {
  /** 0 is the first of the hours. */
  hour: number;
}

/** What a source received in the last hours. */
export interface SourceActivity {
  counters: SourceCounters;
  hours: SourceHours;
}

export function startOfHours(now: Date): Date {
  return new Date(now.getTime() - HOURS * HOUR_MS);
}

/** @param rows at most one an hour, those of hours without requests may be missing */
export function summarizeHours(rows: readonly HourRow[], now: Date): SourceActivity {
  const counters = { received: 0, accepted: 0, rejected: 0, notUnderstood: 0, failed: 0 };
  const accepted = Array<number>(HOURS).fill(0);
  const notAccepted = Array<number>(HOURS).fill(0);
  for (const row of rows) {
    accepted[row.hour] = row.accepted;
    notAccepted[row.hour] = row.rejected + row.notUnderstood + row.failed;
    counters.received += row.accepted + row.rejected + row.notUnderstood + row.failed;
    counters.accepted += row.accepted;
    counters.rejected += row.rejected;
    counters.notUnderstood += row.notUnderstood;
    counters.failed += row.failed;
  }
  return { counters, hours: { from: startOfHours(now).toISOString(), accepted, notAccepted } };
}
