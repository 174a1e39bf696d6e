/** Reads and writes durations as a person types them: `200ms`, `5s`, `2m`, `1.5h`, `1d`, several separated by commas. */
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/i;

/** Milliseconds, or null when the text is no duration. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text.trim());
  if (!match) return null;
  const unitMs = UNIT_MS[(match[2] ?? '').toLowerCase()] ?? 0;
  return Math.round(Number(match[1]) * unitMs);
}

/** Null when the list is empty or any part of it is no duration. */
export function parseDurations(text: string): number[] | null {
  const parts = text
    .split(/[,，、;；\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const durations = parts.map(parseDuration);
  return parts.length === 0 || durations.includes(null) ? null : (durations as number[]);
}

/** The shortest exact spelling: 90 000 is `90s`, 7 200 000 is `2h`. */
export function writeDuration(durationMs: number): string {
  const unit = ['d', 'h', 'm', 's'].find((name) => durationMs % (UNIT_MS[name] ?? 1) === 0);
  return durationMs === 0 || !unit ? `${durationMs}ms` : `${durationMs / (UNIT_MS[unit] ?? 1)}${unit}`;
}

export function writeDurations(durations: readonly number[]): string {
  return durations.map(writeDuration).join(', ');
}
