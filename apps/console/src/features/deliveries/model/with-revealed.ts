import type { DeliveryDetail } from '@im/contracts/api/deliveries';

/**
 * Merges revealed content into a masked delivery. If it is refreshed, attempts that came after the reveal stay masked,
 * and so the delivery counts as masked again.
 *
 * @param revealed the delivery that was revealed last, possibly another one
 */
export function withRevealed(delivery: DeliveryDetail, revealed: DeliveryDetail | undefined): DeliveryDetail {
  if (!delivery.isContentMasked || revealed?.deliveryId !== delivery.deliveryId) return delivery;
  const known = new Map(revealed.attemptLog.map((attempt) => [attempt.attempt, attempt]));
  return {
    ...delivery,
    isContentMasked: delivery.attemptLog.some(({ attempt }) => !known.has(attempt)),
    isPayloadKept: revealed.isPayloadKept,
    payload: revealed.payload,
    requestBody: revealed.requestBody,
    attemptLog: delivery.attemptLog.map((attempt) => known.get(attempt.attempt) ?? attempt),
  };
}
