/** Until so many have ended, what it managed says little, and its rate is the better guess. */
const FEWEST_ENDED = 50;
/** Of a range whose contents are not counted, so much must have been looked at. */
const LEAST_SHARE = 0.01;

export interface RecoveryProgress {
  /** How many there are to look at; null: not counted. */
  total: number | null;
  examined: number;
  /** Its deliveries that have an outcome, and those that wait for one. */
  ended: number;
  pending: number;
  /** How much of the time range has been looked at, 0 to 1. */
  scannedShare: number;
  ratePerSecond: number;
  /** How long it has run, pauses aside. */
  workedMs: number;
}

/** @returns milliseconds; null: it cannot be said yet */
export function estimateLeftMs(progress: RecoveryProgress): number | null {
  const { total, examined, ended, pending, scannedShare, workedMs } = progress;
  const isMeasured = ended >= FEWEST_ENDED && workedMs > 0;
  const perMs = isMeasured ? (examined - pending) / workedMs : progress.ratePerSecond / 1000;
  if (perMs <= 0) return null;
  if (total !== null) return Math.round((Math.max(0, total - examined) + pending) / perMs);
  if (scannedShare < LEAST_SHARE) return null;
  return Math.round((workedMs * (1 - scannedShare)) / scannedShare + pending / perMs);
}
