/** Chooses the span of statistics, and the length of its buckets, by what an address names. */
import type { StatisticsPeriod } from '@im/contracts/api/statistics';
import { isInstant } from '../http/query-checks.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Spans that end now. Without `hours` the service chooses the span, since it knows how long days are in a time zone;
 * with it the span is that number of hours, the current one included.
 */
export const RANGE_PRESETS = {
  '1h': { period: 'minute' },
  '24h': { period: 'hour' },
  '7d': { period: 'hour', hours: 168 },
  '30d': { period: 'day' },
} as const satisfies Record<string, { period: StatisticsPeriod; hours?: number }>;
export type RangePreset = keyof typeof RANGE_PRESETS;

const DEFAULT_PRESET: RangePreset = '24h';

/** The longest spans that are read by the minute, hour and day; each has few enough buckets to be drawn. */
const MAX_SPANS: readonly [StatisticsPeriod, number][] = [
  ['minute', 6 * HOUR_MS],
  ['hour', 8 * DAY_MS],
  ['day', 366 * DAY_MS],
];

/** `preset` moves with the clock; `from` and `to` are fixed. */
export type TimeRange = { preset: RangePreset; from: ''; to: '' } | { preset: ''; from: string; to: string };

export interface RangeQuery {
  period: StatisticsPeriod;
  from?: string;
  to?: string;
}

/** @param values as the address has them; what makes no sense counts as not set */
export function readRange(values: Readonly<Record<'range' | 'from' | 'to', string>>): TimeRange {
  const { range, from, to } = values;
  if (isInstant(from) && isInstant(to) && Date.parse(from) < Date.parse(to)) return { preset: '', from, to };
  return { preset: isPreset(range) ? range : DEFAULT_PRESET, from: '', to: '' };
}

export function toRangeQuery({ preset, from, to }: TimeRange, nowMs: number): RangeQuery {
  if (preset === '') return { period: periodOf(Date.parse(to) - Date.parse(from)), from, to };
  const { period, hours }: { period: StatisticsPeriod; hours?: number } = RANGE_PRESETS[preset];
  if (hours === undefined) return { period };
  return { period, from: new Date(nowMs - (hours - 1) * HOUR_MS).toISOString() };
}

/** Whether what happens now belongs to it. */
export function isCurrent({ preset, to }: TimeRange, nowMs: number): boolean {
  return preset !== '' || Date.parse(to) > nowMs;
}

/** Where the address leads for a span that was chosen: the default needs no parameter. */
export function presetParameter(preset: RangePreset): RangePreset | '' {
  return preset === DEFAULT_PRESET ? '' : preset;
}

function periodOf(spanMs: number): StatisticsPeriod {
  return MAX_SPANS.find(([, maxMs]) => spanMs <= maxMs)?.[0] ?? 'month';
}

function isPreset(value: string): value is RangePreset {
  return Object.hasOwn(RANGE_PRESETS, value);
}
