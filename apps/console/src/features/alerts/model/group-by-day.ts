/** Groups a list under the days of the viewer's zone, keeping its order. */
import type { Alert } from '@im/contracts/api/alerts';

export interface AlertDay {
  day: string;
  alerts: Alert[];
}

/** @param dayOf writes the day of an instant */
export function groupByDay(alerts: readonly Alert[], dayOf: (instant: string) => string): AlertDay[] {
  const days = Map.groupBy(alerts, ({ openedAt }) => dayOf(openedAt));
  return [...days].map(([day, ofDay]) => ({ day, alerts: ofDay }));
}
