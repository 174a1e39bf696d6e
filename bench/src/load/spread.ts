/** Distributes the events of a load over many apps and event names, the same way in every run. */

export interface LoadSpread {
  appKeys: readonly string[];
  events: readonly string[];
  /** `power-law`: the share of each pair of app and event is inverse to its rank (Zipf). */
  distribution: 'even' | 'power-law';
}

export interface SpreadTarget {
  appKey: string;
  event: string;
}

/** Consecutive multiples of it, without their whole part, are as far apart as they can be. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
/** A prime that divides no number of pairs here, so that neighbouring ranks are different apps. */
const STRIDE = 7_919;

/** @returns the app and the event by sequence */
export function spreadOver({
  appKeys,
  events,
  distribution,
}: LoadSpread): (sequence: number) => SpreadTarget {
  const pairs = appKeys.length * events.length;
  const rankOf = distribution === 'even' ? (sequence: number) => sequence % pairs : zipfRanks(pairs);
  return (sequence) => {
    const pair = (rankOf(sequence) * STRIDE) % pairs;
    return {
      appKey: appKeys[Math.floor(pair / events.length)] ?? '',
      event: events[pair % events.length] ?? '',
    };
  };
}

function zipfRanks(ranks: number): (sequence: number) => number {
  const bounds = new Float64Array(ranks);
  let sum = 0;
  for (let rank = 0; rank < ranks; rank++) bounds[rank] = sum += 1 / (rank + 1);
  return (sequence) => firstAbove(bounds, ((sequence * GOLDEN_RATIO) % 1) * sum);
}

/** @param bounds ascending */
function firstAbove(bounds: Float64Array, value: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
