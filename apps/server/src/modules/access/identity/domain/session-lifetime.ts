/** How long a session lives: a time without requests ends it, and so does a time however busy it is. */
const HOUR_MS = 3_600_000;

/** A session nobody uses ends after this. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;
/** A session ends after this even when it is used all the time. */
export const SESSION_MAX_MS = 30 * 24 * HOUR_MS;
/** Use of a session or token is written down at most this often. */
const USE_NOTED_EVERY_MS = 60_000;

/** Whether the last noted use is old enough to note this one. */
export function isUseToBeNoted(lastNotedAt: Date | null, nowMs: number): boolean {
  return lastNotedAt === null || nowMs - lastNotedAt.getTime() >= USE_NOTED_EVERY_MS;
}
