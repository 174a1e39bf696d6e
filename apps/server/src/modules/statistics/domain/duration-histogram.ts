/**
 * Counts durations in logarithmic bins, which can be added up without loss, and computes percentiles.
 *
 * As DDSketch does it (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees", VLDB 2019): with γ = (1 + α) / (1 − α), bin i holds the durations d with γ^(i−1) < d ≤ γ^i, and 2γ^i /
 * (γ + 1) is within α of each of them. `duration_bin` of the database finds the bin, with the same α.
 */

/** α: a percentile differs from the duration at its rank by at most this share of it. */
export const RELATIVE_ERROR = 0.02;

const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);

export interface DurationHistogram {
  /** Ascending, each once. */
  bins: readonly number[];
  /** How many durations are in each bin. */
  binCounts: readonly number[];
}

/** A duration within the error of all in the bin, milliseconds. */
export function durationOf(bin: number): number {
  return (2 * GAMMA ** bin) / (GAMMA + 1);
}

/**
 * The duration at the nearest rank: the smallest that at least the share `q` of all durations does not exceed.
 *
 * @param q above 0, at most 1
 * @returns milliseconds, or null when the histogram is empty
 */
export function percentileOf({ bins, binCounts }: DurationHistogram, q: number): number | null {
  const total = binCounts.reduce((sum, count) => sum + count, 0);
  let left = Math.ceil(q * total);
  for (const [index, bin] of bins.entries()) {
    left -= binCounts[index] ?? 0;
    if (left <= 0) return durationOf(bin);
  }
  return null;
}
