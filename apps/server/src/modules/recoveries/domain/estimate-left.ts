/** Below this many ended deliveries the measured speed says little, and the configured rate is the better guess. */
const FEWEST_ENDED = 50;
/** The share of an uncounted range that must have been scanned. */
const LEAST_SHARE = 0.01;

export interface RecoveryProgress {
  /** How many candidates there are; null: not counted. */
  total: number | null;
  examined: number;
  /** Its deliveries that have an outcome, and those that wait for one. */
  ended: number;
  pending: number;
  /** How much of the time range has been scanned, 0 to 1. */
  scannedShare: number;
  ratePerSecond: number;
  /** How long it has run, without pauses. */
  workedMs: number;
}

/** @returns milliseconds; null: too early to estimate */
export function estimateLeftMs(progress: RecoveryProgress): number | null {
  const { total, examined, ended, pending, scannedShare, workedMs } = progress;
  const isMeasured = ended >= FEWEST_ENDED && workedMs > 0;
  const perMs = isMeasured ? (examined - pending) / workedMs : progress.ratePerSecond / 1000;
  if (perMs <= 0) return null;
  if (total !== null) return Math.round((Math.max(0, total - examined) + pending) / perMs);
  if (scannedShare < LEAST_SHARE) return null;
  return Math.round((workedMs * (1 - scannedShare)) / scannedShare + pending / perMs);
}
