/** Picks the events that had the most deliveries. */
import type { AppStatistics } from '@im/contracts/api/statistics';

export interface TopEvent {
  event: string;
  total: number;
  /** Of the most frequent one, 0..1. */
  share: number;
  deliveredRate: number | null;
}

const MAX_EVENTS = 8;

export function topEvents(byEvent: AppStatistics['byEvent']): TopEvent[] {
  const sorted = [...byEvent].sort((one, other) => other.total - one.total).slice(0, MAX_EVENTS);
  const most = Math.max(1, sorted[0]?.total ?? 0);
  return sorted.map(({ event, total, deliveredRate }) => ({
    event,
    total,
    share: total / most,
    deliveredRate,
  }));
}
