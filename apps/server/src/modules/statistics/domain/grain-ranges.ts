/** Chooses as few folded rows as possible to cover a span: whole days, then four hours, hours, quarters. */

const MINUTE_MS = 60_000;

/** Rows of one length, from an instant (inclusive) to another (exclusive). */
export interface GrainRange {
  grainMinutes: number;
  fromMs: number;
  toMs: number;
}

/** Lengths of the rows of `delivery_counts`, in UTC. */
const GRAINS_MINUTES = [1_440, 240, 60, 15];

/**
 * @param startsMs where buckets begin, ascending; a row never belongs to two of them
 * @param endMs where the last one ends
 */
export function coverBuckets(startsMs: readonly number[], endMs: number): GrainRange[] {
  const ranges: GrainRange[] = [];
  for (const [index, startMs] of startsMs.entries()) {
    for (const range of cover(startMs, startsMs[index + 1] ?? endMs, GRAINS_MINUTES)) {
      const last = ranges.at(-1);
      if (last?.grainMinutes === range.grainMinutes && last.toMs === range.fromMs) last.toMs = range.toMs;
      else ranges.push(range);
    }
  }
  return ranges;
}

function cover(fromMs: number, toMs: number, grains: readonly number[]): GrainRange[] {
  const [grainMinutes, ...finer] = grains;
  if (grainMinutes === undefined || fromMs >= toMs) return [];
  const grainMs = grainMinutes * MINUTE_MS;
  const first = Math.ceil(fromMs / grainMs) * grainMs;
  // A quarter is the finest: historic offsets that are no quarters are rounded.
  const last = (finer.length > 0 ? Math.floor : Math.ceil)(toMs / grainMs) * grainMs;
  if (first >= last) return cover(fromMs, toMs, finer);
  return [
    ...cover(fromMs, first, finer),
    { grainMinutes, fromMs: first, toMs: last },
    ...cover(last, toMs, finer),
  ];
}
