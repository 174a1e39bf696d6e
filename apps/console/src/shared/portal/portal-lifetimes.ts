/** How long a portal link may be valid, in seconds. */
const DAY = 86_400;

export const PORTAL_LIFETIMES = {
  hour: 3_600,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  quarter: 90 * DAY,
  year: 365 * DAY,
} as const;

export type PortalLifetime = keyof typeof PORTAL_LIFETIMES;
export const PORTAL_LIFETIME_NAMES = Object.keys(PORTAL_LIFETIMES) as PortalLifetime[];
