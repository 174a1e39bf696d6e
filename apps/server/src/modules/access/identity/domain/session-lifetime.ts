/** Defines how long a session lives: there is an idle limit and an absolute one. */
const HOUR_MS = 3_600_000;

/** An unused session ends after this. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;
/** Every session ends after this. */
export const SESSION_MAX_MS = 30 * 24 * HOUR_MS;
/** The last use of a session or token is stored at most this often. */
const USE_NOTED_EVERY_MS = 60_000;

/** Whether the stored last use is old enough to be updated. */
export function isUseToBeNoted(lastNotedAt: Date | null, nowMs: number): boolean {
  return lastNotedAt === null || nowMs - lastNotedAt.getTime() >= USE_NOTED_EVERY_MS;
}
