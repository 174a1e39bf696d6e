/** Splits a batch that was refused as a whole into halves, until each refused event is alone. */

/** Statuses that refuse the content of a request: bad request, too large, unprocessable. */
export const REFUSALS: readonly number[] = [400, 413, 422];

export function isRefusal({ responseStatus }: { responseStatus: number | null }): boolean {
  return responseStatus !== null && REFUSALS.includes(responseStatus);
}

/** In order; the first half is never the smaller one. Of one item, or none, there is one part at most. */
export function halvesOf<T>(items: readonly T[]): T[][] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)].filter((half) => half.length > 0);
}
