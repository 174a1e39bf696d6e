/** Groups a list under the days of the viewer's zone, keeping its order. */

export interface Day<Item> {
  day: string;
  items: Item[];
}

/** @param dayOf writes the day of an instant */
export function groupByDay<Item extends { openedAt: string }>(
  items: readonly Item[],
  dayOf: (instant: string) => string,
): Day<Item>[] {
  const days = Map.groupBy(items, ({ openedAt }) => dayOf(openedAt));
  return [...days].map(([day, ofDay]) => ({ day, items: ofDay }));
}
