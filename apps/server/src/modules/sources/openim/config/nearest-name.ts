/** Finds the name that a mistyped one was probably meant to be. */

/** More differences than a third of the name are another name. */
const TOLERANCE = 3;
const MAX_LENGTH = 60;

export function nearestName(name: string, known: readonly string[]): string | null {
  const typed = name.toLowerCase();
  if (typed.length > MAX_LENGTH) return null;
  const most = Math.ceil(typed.length / TOLERANCE);
  const [best] = known
    .filter((each) => Math.abs(each.length - typed.length) <= most)
    .map((each) => ({ each, distance: differences(typed, each.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= most ? best.each : null;
}

/** Characters to add, leave out or replace. */
function differences(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1];
    for (let at = 0; at < to.length; at += 1) {
      const replaced = (row[at] ?? 0) + (from[index] === to[at] ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
