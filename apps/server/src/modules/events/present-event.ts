import type { EventDelivery, EventDetail, StoredEvent } from '@im/contracts/api/event-log';
import { userIdsOf } from '@im/contracts/events/user-ids';
import { parseExactly, withExactNumbers } from '@im/contracts/exact-json';
import type { MaskPayload } from '../event-types/mask-payloads.service.js';
import type { EventDeliveryRow, FullEventRow } from './data/event-log.repository.js';
import { presentReceivedFrom } from '../delivery-store/domain/received-from.js';
import type { EventRow } from './data/search-events.repository.js';
import { compactJson } from '../../platform/json/json-spans.js';

export function presentEvent(row: EventRow, appKey: string): StoredEvent {
  return {
    eventId: row.eventId,
    appKey,
    event: row.event,
    occurredAt: row.occurredAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    conversationId: row.conversationId,
    messageId: row.messageId,
  };
}

export function presentEventDetail(
  row: FullEventRow,
  appKey: string,
  deliveries: EventDeliveryRow[],
  mask: MaskPayload | null,
): EventDetail {
  const payload = JSON.parse(row.payload) as Record<string, unknown>;
  return {
    ...presentEvent(row, appKey),
    receivedFrom: presentReceivedFrom(row),
    userIds: userIdsOf(payload),
    isContentMasked: mask !== null,
    payload: mask ? maskedPayload(row.event, row.payload, mask) : parseExactly(row.payload),
    deliveries: deliveries.map(presentEventDelivery),
  };
}

/** @returns the payload on one line, numbers as long as they came */
export function payloadLine(event: string, payload: string, mask: MaskPayload | null): string {
  return mask ? JSON.stringify(maskedPayload(event, payload, mask)) : compactJson(payload);
}

function maskedPayload(event: string, payload: string, mask: MaskPayload): unknown {
  return withExactNumbers(mask(event, JSON.parse(payload)), parseExactly(payload));
}

function presentEventDelivery(row: EventDeliveryRow): EventDelivery {
  return {
    ...row,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
  };
}
