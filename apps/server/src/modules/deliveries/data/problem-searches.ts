/**
 * Splits the search for all that is not well into searches that each read one index in the order of the page. They have
 * no row in common, so their pages only need to be merged.
 */
import type { DeliveryFilter } from '../../delivery-store/data/delivery-filter.js';
import { HELD_BY, HOLDS } from '../../delivery-store/data/held-by.js';

export interface SearchPart {
  filter: DeliveryFilter;
  /** Conditions over `d`, a row of the log, and `w`, its webhook, besides those of the filter. */
  conditions: readonly string[];
}

/** Both states have the index of what is unusual about pending rows: few of them, however many wait. */
const TRIED = ['(d.attempts > 0 OR d.recovery_id IS NOT NULL)', `(d.attempts > 0 OR ${HELD_BY} IS NOT NULL)`];
/** Of a webhook that holds nothing no row is read; of one that does almost every row is held. */
const HELD_BEFORE_FIRST_ATTEMPT = [
  HOLDS,
  'd.attempts = 0',
  'd.recovery_id IS NULL',
  `${HELD_BY} IS NOT NULL`,
];

export function searchPartsOf(filter: DeliveryFilter): SearchPart[] {
  const { phase, status, ...others } = filter;
  if (phase !== 'problem') return [{ filter, conditions: [] }];
  const failed = { filter: { ...others, status: 'failed' as const }, conditions: [] };
  const pending = { ...others, status: 'pending' as const };
  const waiting = [TRIED, HELD_BEFORE_FIRST_ATTEMPT].map((conditions) => ({ filter: pending, conditions }));
  return [failed, ...waiting].filter((part) => status === undefined || part.filter.status === status);
}
