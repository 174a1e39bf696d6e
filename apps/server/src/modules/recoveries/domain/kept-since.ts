const DAY_MS = 86_400_000;
/** Clocks differ, and what is about to be removed is as good as gone. */
const MARGIN_MS = 60_000;

/** How long an app keeps its events and deliveries; null: as long as the service does. */
export interface AppRetention {
  eventsDays: number | null;
  logsDays: number | null;
}

export interface ServiceRetention {
  RETENTION_EVENTS_DAYS: number;
  RETENTION_LOGS_DAYS: number;
}

/** From this instant on events and what became of them are both still there; Unix milliseconds. */
export function keptSinceMs(nowMs: number, app: AppRetention, service: ServiceRetention): number {
  const days = [service.RETENTION_EVENTS_DAYS, service.RETENTION_LOGS_DAYS, app.eventsDays, app.logsDays];
  return nowMs - Math.min(...days.filter((each) => each !== null)) * DAY_MS + MARGIN_MS;
}
