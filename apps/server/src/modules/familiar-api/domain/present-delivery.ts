/** Presents deliveries as `/api/webhooks` answers them. */
import type { Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import type { FamiliarDelivery } from '@im/contracts/api/familiar-deliveries';
import type { FamiliarRecentDelivery, FamiliarTestResult } from '@im/contracts/api/familiar-webhooks';
import { wholeMs } from './success-rate.js';

/** The reasons of HTTP's own statuses, such as of node:http. */
export type Reasons = Readonly<Partial<Record<string, string>>>;

export function presentRecent(delivery: Delivery, reasons: Reasons): FamiliarRecentDelivery {
  const error = errorOf(delivery, reasons);
  return {
    delivery_id: delivery.deliveryId,
    event_type: delivery.event,
    status: delivery.status,
    response_code: delivery.responseStatus,
    response_time: wholeMs(delivery.durationMs),
    delivered_at: delivery.completedAt,
    attempts: delivery.attempts,
    ...(error !== undefined && { error }),
  };
}

/** @param happenedAt when its event happened; null: that is no longer kept */
export function presentDelivery(
  detail: DeliveryDetail,
  happenedAt: string | null,
  reasons: Reasons,
): FamiliarDelivery {
  return {
    ...presentRecent(detail, reasons),
    webhook_id: detail.webhookId,
    event_id: detail.eventId,
    response_body: lastBodyOf(detail),
    next_retry: detail.nextAttemptAt,
    payload:
      happenedAt === null || !detail.isPayloadKept
        ? null
        : { event: detail.event, timestamp: happenedAt, data: detail.payload },
  };
}

export function presentTest(detail: DeliveryDetail, reasons: Reasons): FamiliarTestResult {
  return { ...presentRecent(detail, reasons), response_body: lastBodyOf(detail), webhook_url: detail.url };
}

function lastBodyOf({ attemptLog }: DeliveryDetail): string | null {
  return attemptLog.at(-1)?.responseBody ?? null;
}

/** Such as `HTTP 500: Internal Server Error`; undefined: nothing went wrong. */
function errorOf(delivery: Delivery, reasons: Reasons): string | undefined {
  const { errorClass, errorMessage, responseStatus, cancelReason } = delivery;
  if (cancelReason !== null) return `canceled: ${cancelReason}`;
  if (errorClass === null) return undefined;
  if (responseStatus === null) return errorMessage ?? errorClass;
  const reason = reasons[String(responseStatus)];
  return reason === undefined
    ? `HTTP ${String(responseStatus)}`
    : `HTTP ${String(responseStatus)}: ${reason}`;
}
