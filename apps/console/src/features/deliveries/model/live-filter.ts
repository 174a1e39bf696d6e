/** Tells whether a delivery of the live stream belongs into a filtered log. */
import type { LiveDelivery } from '@im/contracts/api/live';
import { wantsEvent } from '@im/contracts/events/names';
import type { DeliveryFilters, FilterName } from './delivery-filters.js';

/** What the stream does not tell of a delivery. */
const UNKNOWN: readonly FilterName[] = ['messageId', 'conversationId', 'userId', 'sourceId', 'q', 'to'];

/** Whether the stream tells enough to follow a log with these filters. */
export function canFollow(filters: DeliveryFilters): boolean {
  return UNKNOWN.every((name) => filters[name] === '');
}

/** @param webhookId undefined: of the whole app */
export function belongs(
  delivery: LiveDelivery,
  filters: DeliveryFilters,
  webhookId: string | undefined,
): boolean {
  const { event, from, ...others } = filters;
  if (webhookId !== undefined && delivery.webhookId !== webhookId) return false;
  if (event !== '' && !wantsEvent([event], delivery.event)) return false;
  if (from !== '' && delivery.createdAt < from) return false;
  const equal = ['status', 'phase', 'kind', 'responseStatus', 'errorClass', 'callbackId', 'eventId'] as const;
  return equal.every((name) => others[name] === '' || others[name] === String(delivery[name]));
}
