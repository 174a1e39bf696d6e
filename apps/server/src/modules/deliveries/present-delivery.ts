import { MASK } from '@im/contracts/events/mask-content';
import { parseExactly } from '@im/contracts/exact-json';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import type { Attempt, Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import type { RawRequest } from '../delivery-store/domain/raw-request.js';
import { parseRawRequest, readRawRequest } from '../delivery-store/raw-request.js';
import type { AttemptRow, DeliveryRow, EventRow } from '../delivery-store/data/delivery-log.repository.js';
import { maskCustomHeaders, maskResponseHeaders } from '../webhook-configs/domain/mask-headers.js';
import { diagnosisOf } from './diagnose-row.js';
import { subjectOf, type EventSubject } from '../delivery-store/domain/event-subject.js';
import { presentReceivedFrom } from '../delivery-store/domain/received-from.js';
import { phaseOf } from '../delivery-store/domain/delivery-phase.js';
import { rebuildBody } from './domain/rebuild-body.js';

/** @param subject what its event is about, where that is known */
export function presentDelivery(row: DeliveryRow, appKey: string, subject?: EventSubject): Delivery {
  return {
    deliveryId: row.deliveryId,
    callbackId: row.callbackId,
    eventId: row.eventId,
    webhookId: row.webhookId,
    appKey,
    event: row.event,
    kind: row.kind,
    status: row.status,
    phase: phaseOf(row),
    heldBy: row.heldBy,
    attempts: row.attempts,
    maxAttempts: row.maxAttempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    responseStatus: row.responseStatus,
    errorClass: row.errorClass,
    errorMessage: row.errorMessage,
    durationMs: row.durationMs,
    createdAt: row.createdAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
    cancelReason: row.cancelReason,
    decision: row.decision,
    decidedBy: row.decidedBy,
    ...(row.originalDeliveryId !== null && { originalDeliveryId: row.originalDeliveryId }),
    ...subject,
  };
}

/** Which parts of a delivery the viewer sees. */
export interface DeliveryView {
  /** No message content is shown, neither of the request nor of the receiver's answer. */
  isContentMasked: boolean;
  /** The values of custom headers, which often contain credentials of the receiver. */
  showsCustomHeaders: boolean;
  /** The URL, whole or masked. */
  url: string;
  /** If masked, a redirect must not repeat it. */
  showsUrl: boolean;
  /** Who sent the event. */
  showsMembers: boolean;
}

/**
 * With what was sent: the request body is rebuilt from the row, byte for byte as it was signed.
 *
 * @param event with its content masked where the view says so; undefined: it is no longer kept
 */
export function presentDeliveryDetail(
  row: DeliveryRow,
  appKey: string,
  event: EventRow | undefined,
  attempts: AttemptRow[],
  view: DeliveryView,
): DeliveryDetail {
  const { isContentMasked } = view;
  const { webhookId, format } = row;
  const attemptLog = attempts.map((attempt) => presentAttempt(attempt, view));
  const attempt = Math.max(1, row.attempts);
  return {
    ...presentDelivery(row, appKey, event && view.showsMembers ? subjectOf(event, event.payload) : undefined),
    url: view.url,
    receivedFrom: event && view.showsMembers ? presentReceivedFrom(event) : null,
    isPayloadKept: event !== undefined,
    isContentMasked,
    payload: event ? parseExactly(event.payload) : null,
    requestBody: event
      ? rebuildBody(
          { webhookId, appKey, format },
          { ...row, ...event, attempt, rawRequest: rawRequestOf(row, event) },
          attemptLog.at(-1)?.requestHeaders ?? null,
        )
      : null,
    attemptLog,
  };
}

/** What an IM server sent, for webhooks of format `raw`. */
function rawRequestOf({ kind, event }: DeliveryRow, { payload }: EventRow): RawRequest | null {
  return kind === 'before' ? parseRawRequest(payload) : readRawRequest(event, payload);
}

function presentAttempt(
  attempt: AttemptRow,
  { isContentMasked, showsCustomHeaders, showsUrl }: DeliveryView,
): Attempt {
  const row = showsUrl ? attempt : withMaskedLocation(attempt);
  const requestHeaders = JSON.parse(row.requestHeaders) as Record<string, string>;
  const responseHeaders =
    row.responseHeaders === null ? null : (JSON.parse(row.responseHeaders) as Record<string, string>);
  return {
    attempt: row.attempt,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    phases: { dnsMs: row.dnsMs, connectMs: row.connectMs, tlsMs: row.tlsMs, firstByteMs: row.firstByteMs },
    remoteAddress: row.remoteAddress,
    requestHeaders: showsCustomHeaders ? requestHeaders : maskCustomHeaders(requestHeaders),
    responseStatus: row.responseStatus,
    responseHeaders:
      responseHeaders && isContentMasked ? maskResponseHeaders(responseHeaders) : responseHeaders,
    responseBody: row.responseBody && isContentMasked ? MASK : row.responseBody,
    isResponseTruncated: row.isResponseTruncated,
    errorClass: row.errorClass,
    errorMessage: row.errorMessage,
    diagnosis: diagnosisOf(row, isContentMasked),
    isSplit: row.isSplit ?? false,
  };
}

function withMaskedLocation(row: AttemptRow): AttemptRow {
  const headers = row.responseHeaders && (JSON.parse(row.responseHeaders) as Record<string, string>);
  if (!headers || headers.location === undefined) return row;
  const masked = { ...headers, location: maskCallbackUrl(headers.location) };
  return { ...row, responseHeaders: JSON.stringify(masked) };
}
