import { numberFormat } from './intl-formats.js';
import { spaceUnits } from './space-units.js';

type DurationUnit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day';

const UNITS: readonly [DurationUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** A duration in its two largest units: `350 ms`, `1.2 sec`, `2 min 30 sec`. */
export function formatDurationMs(durationMs: number, localeTag: string): string {
  const rounded = Math.round(durationMs);
  if (rounded < 1_000) return unit(rounded, 'millisecond', localeTag);
  if (rounded < 10_000) return unit(Math.round(rounded / 100) / 10, 'second', localeTag);
  const parts: string[] = [];
  let restMs = Math.round(rounded / 1_000) * 1_000;
  for (const [name, sizeMs] of UNITS) {
    const count = Math.floor(restMs / sizeMs);
    if (count === 0 && parts.length === 0) continue;
    if (count > 0) parts.push(unit(count, name, localeTag));
    restMs -= count * sizeMs;
    if (parts.length === 2 || restMs === 0) break;
  }
  return parts.join(' ');
}

/** The same for a column to compare: `12 ms`, `3.0 s`, and from a minute on in words. */
export function formatDurationShort(durationMs: number, localeTag: string): string {
  const rounded = Math.round(durationMs);
  if (rounded < 1_000) return `${String(rounded)} ms`;
  if (rounded < 60_000) return `${(rounded / 1_000).toFixed(1)} s`;
  return formatDurationMs(durationMs, localeTag);
}

function unit(value: number, name: DurationUnit, localeTag: string): string {
  const text = numberFormat(localeTag, {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(value);
  return spaceUnits(text);
}
