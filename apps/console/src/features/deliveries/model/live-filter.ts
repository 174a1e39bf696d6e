/** Decides whether a delivery of the live stream matches the filters of a log. */
import type { Delivery } from '@im/contracts/api/deliveries';
import type { LiveDelivery } from '@im/contracts/api/live';
import { wantsEvent } from '@im/contracts/events/names';
import type { DeliveryFilters, FilterName } from './delivery-filters.js';

/** Filters by properties that the live stream does not carry. */
const UNKNOWN: readonly FilterName[] = ['messageId', 'conversationId', 'userId', 'sourceId', 'q', 'to'];

/** Whether the stream carries enough to follow a log with these filters. */
export function canFollow(filters: DeliveryFilters): boolean {
  return UNKNOWN.every((name) => filters[name] === '');
}

/** @param webhookId undefined: of the whole app */
export function belongs(
  delivery: Delivery | LiveDelivery,
  filters: DeliveryFilters,
  webhookId: string | undefined,
): boolean {
  const { event, from, phase, ...others } = filters;
  if (webhookId !== undefined && delivery.webhookId !== webhookId) return false;
  if (event !== '' && !wantsEvent([event], delivery.event)) return false;
  if (from !== '' && delivery.createdAt < from) return false;
  if (!isInPhase(delivery, phase)) return false;
  const equal = ['status', 'kind', 'responseStatus', 'errorClass', 'callbackId', 'eventId'] as const;
  return equal.every((name) => others[name] === '' || others[name] === String(delivery[name]));
}

/** What is not well failed, or waits after a failure or because it is held. */
function isInPhase({ status, phase }: LiveDelivery, wanted: string): boolean {
  if (wanted !== 'problem') return wanted === '' || wanted === phase;
  return status === 'failed' || phase === 'retrying' || phase === 'held';
}
