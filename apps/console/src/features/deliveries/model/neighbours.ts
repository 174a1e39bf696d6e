/** Finds what comes before and after an open item in its list. */
export function neighboursOf(
  ids: readonly string[],
  id: string,
): { previous: string | undefined; next: string | undefined } {
  const at = ids.indexOf(id);
  if (at === -1) return { previous: undefined, next: undefined };
  return { previous: ids[at - 1], next: ids[at + 1] };
}
