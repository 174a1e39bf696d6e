/** Reads the delivery log's filters from the URL, and makes a query of them. */
import {
  DELIVERY_KINDS,
  DELIVERY_PHASE_FILTERS,
  DELIVERY_STATUSES,
  ERROR_CLASSES,
} from '@im/contracts/api/delivery-constants';
import { isEventPattern } from '@im/contracts/events/names';
import {
  isInstant,
  isSearch,
  isText,
  isUuid,
  isWholeNumber,
  keepValid,
  oneOf,
} from '../../../shared/http/query-checks.js';
import type { DeliveriesQuery } from '../deliveries.api.js';

export const isResponseStatus = isWholeNumber(100, 599);

/** What one event or delivery is looked up by. */
const SEARCHES = {
  callbackId: isUuid,
  eventId: isUuid,
  messageId: isText,
  conversationId: isText,
  userId: isText,
  q: isSearch,
};
export type SearchField = keyof typeof SEARCHES;
const SEARCH_FIELDS = Object.keys(SEARCHES) as SearchField[];

const API_FILTERS = {
  status: oneOf(DELIVERY_STATUSES),
  phase: oneOf(DELIVERY_PHASE_FILTERS),
  event: isEventPattern,
  kind: oneOf(DELIVERY_KINDS),
  responseStatus: isResponseStatus,
  errorClass: oneOf(ERROR_CLASSES),
  sourceId: isUuid,
  from: isInstant,
  to: isInstant,
  ...SEARCHES,
};

/**
 * `range` is a preset that moves with the clock; `from` and `to` are fixed. `webhookId` narrows the log of an app to one
 * webhook, which is a list of its own to the API.
 */
export type FilterName = keyof typeof API_FILTERS | 'range' | 'webhookId';
export const FILTER_NAMES = [...Object.keys(API_FILTERS), 'range', 'webhookId'] as FilterName[];
export type DeliveryFilters = Record<FilterName, string>;

const PHASE_PREFIX = 'pending:';

const HOUR_MS = 3_600_000;
export const RANGE_PRESETS = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS } as const;
export type RangePreset = keyof typeof RANGE_PRESETS;
export const RANGE_TEXTS = {
  '1h': 'deliveries.lastHour',
  '24h': 'deliveries.last24Hours',
  '7d': 'deliveries.last7Days',
} as const satisfies Record<RangePreset, string>;

function isRangePreset(value: string): value is RangePreset {
  return Object.hasOwn(RANGE_PRESETS, value);
}

/**
 * Reads the filters from the URL. A value that the API would refuse counts as not set, so the controls always show what
 * was requested. A preset wins over `from` and `to`.
 */
export function readFilters(values: DeliveryFilters): DeliveryFilters {
  const webhookId = isUuid(values.webhookId) ? values.webhookId : '';
  const filters = { ...keepValid(API_FILTERS, values), webhookId };
  if (!isRangePreset(values.range)) return { ...filters, range: '' };
  return { ...filters, from: '', to: '', range: values.range };
}

/** The query for the API. */
export function toDeliveriesQuery(filters: DeliveryFilters, nowMs: number): DeliveriesQuery {
  const { range } = filters;
  const query = keepValid(API_FILTERS, filters);
  if (!isRangePreset(range)) return query;
  return { ...query, from: new Date(nowMs - RANGE_PRESETS[range]).toISOString() };
}

/** The changes that replace the search before with this one. */
export function searchChanges(field?: SearchField, value = ''): Partial<DeliveryFilters> {
  return Object.fromEntries(SEARCH_FIELDS.map((name) => [name, name === field ? value : '']));
}

/** The id that is searched by, if one is; a free text is none. */
export function searchedIdOf(filters: DeliveryFilters): string {
  const field = SEARCH_FIELDS.find((name) => name !== 'q' && filters[name] !== '');
  return field === undefined ? '' : filters[field];
}

/** The choice for a status, for a phase of pending ones, or for all that is not well. */
export function stateChoiceOf({ status, phase }: Pick<DeliveryFilters, 'status' | 'phase'>): string {
  return phase === '' ? status : `${PHASE_PREFIX}${phase}`;
}

/** The changes that replace the choice of {@link stateChoiceOf} before. */
export function stateChanges(choice: string): Partial<DeliveryFilters> {
  return choice.startsWith(PHASE_PREFIX)
    ? { status: '', phase: choice.slice(PHASE_PREFIX.length) }
    : { status: choice, phase: '' };
}

/** No filter at all. */
export function withoutFilters(): DeliveryFilters {
  return Object.fromEntries(FILTER_NAMES.map((name) => [name, ''])) as DeliveryFilters;
}

/** The filters that are set, in the order in which they are shown. */
export function namesOfSet(filters: DeliveryFilters): FilterName[] {
  return FILTER_NAMES.filter((name) => filters[name] !== '');
}
