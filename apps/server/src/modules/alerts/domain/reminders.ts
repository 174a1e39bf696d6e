/** Computes when people are reminded of an unacknowledged alert: less and less often, but at least once a day. */
const MINUTE_MS = 60_000;
const MAX_MINUTES = 1_440;

/**
 * @param at when it was notified last
 * @param renotifyAfterMinutes until the first reminder; 0: never
 * @param reminders how many there were
 */
export function nextReminderAt(at: Date, renotifyAfterMinutes: number, reminders: number): Date | null {
  if (renotifyAfterMinutes === 0) return null;
  const minutes = Math.min(renotifyAfterMinutes * 2 ** reminders, MAX_MINUTES);
  return new Date(at.getTime() + minutes * MINUTE_MS);
}
