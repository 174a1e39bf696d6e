/** The delivery log's filters: how they stand in the URL, and what of them the API is asked for. */
import { listDeliveriesQuerySchema } from '@im/contracts/api/deliveries';
import type { Query } from '../../../shared/http/client.js';

/** What one event or delivery is looked up by. */
export const SEARCH_FIELDS = ['callbackId', 'eventId', 'messageId', 'conversationId', 'userId', 'q'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

const API_FILTERS = [
  'status',
  'phase',
  'event',
  'kind',
  'responseStatus',
  'errorClass',
  'from',
  'to',
  ...SEARCH_FIELDS,
] as const;

/** `range` is a preset that moves with the clock; `from` and `to` stand still. */
export const FILTER_NAMES = [...API_FILTERS, 'range'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
export type DeliveryFilters = Record<FilterName, string>;

const PHASE_PREFIX = 'pending:';

const HOUR_MS = 3_600_000;
export const RANGE_PRESETS = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS } as const;
export type RangePreset = keyof typeof RANGE_PRESETS;

function isRangePreset(value: string): value is RangePreset {
  return Object.hasOwn(RANGE_PRESETS, value);
}

/**
 * Takes the filters out of the URL. A value that the API would refuse counts as not set, so the controls
 * always show what the list was asked for. A preset wins over `from` and `to`.
 */
export function readFilters(values: DeliveryFilters): DeliveryFilters {
  const { shape } = listDeliveriesQuerySchema;
  const filters = { ...values };
  for (const name of API_FILTERS) {
    if (!shape[name].safeParse(values[name]).success) filters[name] = '';
  }
  if (!isRangePreset(filters.range)) return { ...filters, range: '' };
  return { ...filters, from: '', to: '' };
}

/** What the API is asked for; blanks are left out by the client. */
export function toDeliveriesQuery({ range, ...filters }: DeliveryFilters, nowMs: number): Query {
  if (!isRangePreset(range)) return filters;
  return { ...filters, from: new Date(nowMs - RANGE_PRESETS[range]).toISOString() };
}

/** The changes that put one search in the place of whatever was searched before. */
export function searchChanges(field?: SearchField, value = ''): Partial<DeliveryFilters> {
  return Object.fromEntries(SEARCH_FIELDS.map((name) => [name, name === field ? value : '']));
}

/** The choice that stands for a status, or for a phase of what is pending. */
export function stateChoiceOf({ status, phase }: Pick<DeliveryFilters, 'status' | 'phase'>): string {
  return phase === '' ? status : `${PHASE_PREFIX}${phase}`;
}

/** The changes that put a choice of {@link stateChoiceOf} in the place of the one before. */
export function stateChanges(choice: string): Partial<DeliveryFilters> {
  return choice.startsWith(PHASE_PREFIX)
    ? { status: '', phase: choice.slice(PHASE_PREFIX.length) }
    : { status: choice, phase: '' };
}

/** How many filters are set, not counting the search; `from` and `to` count as one. */
export function countFilters(filters: DeliveryFilters): number {
  const hasRange = [filters.range, filters.from, filters.to].some((value) => value !== '');
  const others = [
    filters.phase || filters.status,
    filters.event,
    filters.kind,
    filters.responseStatus,
    filters.errorClass,
  ].filter((value) => value !== '');
  return others.length + Number(hasRange);
}
