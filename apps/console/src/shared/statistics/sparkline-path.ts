/** Lays out the line of a sparkline, from 0 upward; where a value is missing, it breaks off. */

/** Room for the line's own width at both edges. */
const MARGIN = 2;

export interface SparklineSize {
  width: number;
  height: number;
  /** The value at the top; undefined: the highest one. */
  max?: number | undefined;
}

/** @returns the path of an SVG of that size; '' without values */
export function sparklinePath(
  values: readonly (number | null)[],
  { width, height, max }: SparklineSize,
): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '';
  const top = max ?? Math.max(...known);
  const xOf = (index: number) => (values.length === 1 ? width / 2 : (index / (values.length - 1)) * width);
  const yOf = (value: number) => {
    // Cut off below, small changes of a large value would look like an outage.
    const share = top > 0 ? value / top : 0;
    return height - MARGIN - share * (height - 2 * MARGIN);
  };
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const isJoined = index > 0 && values[index - 1] !== null;
    const point = `${round(xOf(index))} ${round(yOf(value))}`;
    const isAlone = !isJoined && (values[index + 1] ?? null) === null;
    // A line without length is drawn as a dot by round ends.
    path += `${isJoined ? 'L' : 'M'}${point}${isAlone ? 'h0.01' : ''}`;
  });
  return path;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
