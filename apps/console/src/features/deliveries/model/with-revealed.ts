import type { DeliveryDetail } from '@im/contracts/api/deliveries';

/**
 * A masked delivery with what of it was revealed. It goes on being followed meanwhile: attempts that came after the
 * reveal stay masked, and so the delivery counts as masked again.
 *
 * @param revealed of whatever delivery was revealed last
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
