/** Counts the deliveries of a log over time: what to ask the statistics for, the bars, and the span that is chosen. */
import type { WebhookStatistics } from '@im/contracts/api/statistics';
import { familyOf } from '@im/contracts/events/names';
import { countsOf, OUTCOMES, type Outcome } from '../../../shared/statistics/chart-data.js';
import { toRangeQuery, type RangeQuery } from '../../../shared/statistics/time-range.js';
import { namesOfSet, type DeliveryFilters, type FilterName } from './delivery-filters.js';

type Bucket = WebhookStatistics['buckets'][number];

export interface Segment {
  outcome: Outcome;
  /** Of the height of the chart, 0 to 1, from the top. */
  y: number;
  height: number;
}

export interface Bar {
  from: string;
  to: string;
  counts: Readonly<Record<Outcome, number>>;
  segments: readonly Segment[];
}

export interface Span {
  fromMs: number;
  toMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A shorter span is shown with what was around it. */
const SHORTEST_SPAN_MS = 30 * MINUTE_MS;
/** Of the height: a single failure among thousands stays visible. */
const SMALLEST = 0.04;

/** The span that is filtered by two instants; undefined: by none, or by a preset. */
export function chosenSpan({ from, to }: DeliveryFilters, nowMs: number): Span | undefined {
  if (from === '' && to === '') return undefined;
  const toMs = to === '' ? nowMs : Date.parse(to);
  const fromMs = from === '' ? toMs - DAY_MS : Date.parse(from);
  return fromMs < toMs ? { fromMs, toMs } : undefined;
}

export function histogramQuery(filters: DeliveryFilters, nowMs: number): RangeQuery & { event?: string } {
  const event = filters.event !== '' && familyOf(filters.event) === null ? { event: filters.event } : {};
  const chosen = chosenSpan(filters, nowMs);
  if (!chosen) {
    const preset = filters.range === '1h' || filters.range === '7d' ? filters.range : '24h';
    return { ...toRangeQuery({ preset, from: '', to: '' }, nowMs), ...event };
  }
  const missing = Math.max(0, SHORTEST_SPAN_MS - (chosen.toMs - chosen.fromMs)) / 2;
  const toMs = Math.min(chosen.toMs + missing, Math.max(nowMs, chosen.toMs));
  const fromMs = Math.min(chosen.fromMs - missing, toMs - SHORTEST_SPAN_MS);
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  return { ...toRangeQuery({ preset: '', from, to }, nowMs), ...event };
}

/** Filters of the log that the statistics do not know. */
export function unappliedFilters(filters: DeliveryFilters): FilterName[] {
  const applied: FilterName[] = ['from', 'to', 'range', 'webhookId', 'status'];
  if (familyOf(filters.event) === null) applied.push('event');
  return namesOfSet(filters).filter((name) => !applied.includes(name));
}

/** @param status of the filter: only what has it */
export function barsOf(buckets: readonly Bucket[], status: string): Bar[] {
  const all = buckets.map((bucket) => ({ bucket, counts: countsWith(bucket, status) }));
  const highest = Math.max(0, ...all.map(({ counts }) => sumOf(counts)));
  return all.map(({ bucket: { from, to }, counts }) => ({
    from,
    to,
    counts,
    segments: segmentsOf(counts, highest),
  }));
}

/** The span of these bars, in either order. */
export function spanOf(
  bars: readonly Bar[],
  one: number,
  other: number,
): Pick<Bar, 'from' | 'to'> | undefined {
  const [first, last] = [bars[Math.min(one, other)], bars[Math.max(one, other)]];
  return first && last && { from: first.from, to: last.to };
}

/** Where the bar at `index` is after the bars were loaded again; null when it is no longer among them. */
export function movedIndex(
  index: number | null,
  before: readonly Bar[],
  after: readonly Bar[],
): number | null {
  const bar = index === null ? undefined : before[index];
  const moved = after.findIndex(({ from, to }) => from === bar?.from && to === bar.to);
  return moved === -1 ? null : moved;
}

/** Whether a part of the bar is in the span. */
export function isWithin({ from, to }: Bar, span: Span): boolean {
  return Date.parse(from) < span.toMs && Date.parse(to) > span.fromMs;
}

function countsWith(bucket: Bucket, status: string): Record<Outcome, number> {
  if (status === '') return countsOf(bucket);
  const { succeeded, pending, failed, skipped, canceled } = bucket;
  const none = { succeeded: 0, pending: 0, failed: 0, skipped: 0 };
  const only: Readonly<Record<string, Partial<Record<Outcome, number>>>> = {
    success: { succeeded },
    pending: { pending },
    failed: { failed },
    skipped: { skipped },
    canceled: { skipped: canceled },
  };
  return { ...none, ...only[status] };
}

/** Failures stand at the foot, where they are compared most easily. */
function segmentsOf(counts: Readonly<Record<Outcome, number>>, highest: number): Segment[] {
  let top = 1;
  const order: readonly Outcome[] = ['failed', ...OUTCOMES.filter((outcome) => outcome !== 'failed')];
  const present = order.filter((outcome) => counts[outcome] > 0);
  const heights = present.map((outcome) => Math.max(SMALLEST, counts[outcome] / highest));
  const scale = Math.min(1, 1 / heights.reduce((sum, height) => sum + height, 0));
  return present.map((outcome, index) => {
    const height = (heights[index] ?? 0) * scale;
    top -= height;
    return { outcome, y: Math.max(0, top), height };
  });
}

function sumOf(counts: Readonly<Record<Outcome, number>>): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}
