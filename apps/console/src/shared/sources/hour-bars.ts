/** Lays out the bars of a source's hours: one an hour, what was not accepted on top of what was. */
import type { SourceHours } from '@im/contracts/api/sources';

export interface HourBar {
  x: number;
  accepted: { y: number; height: number };
  notAccepted: { y: number; height: number };
}

export interface HourFigures {
  /** The most in an hour. */
  peak: number;
  /** In the last hour. */
  latest: number;
  notAccepted: number;
}

/** What is more than nothing is seen, however little it is next to the peak. */
const MIN_HEIGHT = 2;

/** @param height of the drawing; x counts hours from 0 */
export function barsOf({ accepted, notAccepted }: SourceHours, height: number): HourBar[] {
  const peak = Math.max(1, ...accepted.map((count, hour) => count + (notAccepted[hour] ?? 0)));
  const heightOf = (count: number, room: number) =>
    count === 0 ? 0 : Math.min(room, Math.max(MIN_HEIGHT, (count / peak) * height));
  return accepted.map((count, x) => {
    const failed = heightOf(notAccepted[x] ?? 0, height);
    const well = heightOf(count, height - failed);
    return {
      x,
      accepted: { y: height - well, height: well },
      notAccepted: { y: height - well - failed, height: failed },
    };
  });
}

export function figuresOf({ accepted, notAccepted }: SourceHours): HourFigures {
  const totals = accepted.map((count, hour) => count + (notAccepted[hour] ?? 0));
  return {
    peak: Math.max(0, ...totals),
    latest: totals.at(-1) ?? 0,
    notAccepted: notAccepted.reduce((sum, count) => sum + count, 0),
  };
}
