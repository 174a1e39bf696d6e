/** Writes how long until an instant as a countdown: `0:05`, `12:30`, `2:04:05`. */

/** Empty when the instant is reached. Rounded up, so that the last second shown is a whole one. */
export function countdownText(instant: string, nowMs: number): string {
  const seconds = Math.ceil((Date.parse(instant) - nowMs) / 1000);
  if (!(seconds > 0)) return '';
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = twoDigits(seconds % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${tail}` : `${minutes}:${tail}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
