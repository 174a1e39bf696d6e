const DAY_MS = 86_400_000;
/** A margin, since clocks differ and data close to its retention may be removed at any moment. */
const MARGIN_MS = 60_000;

/** How long an app keeps its events and deliveries; null: the service's default. */
export interface AppRetention {
  eventsDays: number | null;
  logsDays: number | null;
}

export interface ServiceRetention {
  RETENTION_EVENTS_DAYS: number;
  RETENTION_LOGS_DAYS: number;
}

/** Computes the instant since which events and their deliveries are both kept; Unix milliseconds. */
export function keptSinceMs(nowMs: number, app: AppRetention, service: ServiceRetention): number {
  const days = [service.RETENTION_EVENTS_DAYS, service.RETENTION_LOGS_DAYS, app.eventsDays, app.logsDays];
  return nowMs - Math.min(...days.filter((each) => each !== null)) * DAY_MS + MARGIN_MS;
}
