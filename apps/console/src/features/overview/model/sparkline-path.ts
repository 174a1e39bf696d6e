/** Lays out the line of a sparkline; where a value is missing, it breaks off. */

/** Room for the line's own width at both edges. */
const MARGIN = 2;

/** @returns the path of an SVG of that size; '' without values */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const xOf = (index: number) => (values.length === 1 ? width / 2 : (index / (values.length - 1)) * width);
  const yOf = (value: number) => {
    // A level line lies in the middle, unless it is nothing at all.
    const share = high > low ? (value - low) / (high - low) : Number(high > 0) / 2;
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
