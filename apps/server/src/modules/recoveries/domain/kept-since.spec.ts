import { expect, it } from 'vitest';
import { keptSinceMs } from './kept-since.js';

const DAY_MS = 86_400_000;
const service = { RETENTION_EVENTS_DAYS: 30, RETENTION_LOGS_DAYS: 90 };

it.each([
  [{ eventsDays: null, logsDays: null }, 30],
  [{ eventsDays: 7, logsDays: null }, 7],
  [{ eventsDays: null, logsDays: 3 }, 3],
])('an app with %o has both events and their outcomes for %d days', (app, days) => {
  expect(keptSinceMs(100 * DAY_MS, app, service)).toBe((100 - days) * DAY_MS + 60_000);
});
