import type { AttemptRecord } from '../modules/delivery-store/data/attempt-record.js';

/** An attempt of now; a failed one was answered 500, one that is split 400. */
export function attemptOf(
  given: Pick<AttemptRecord, 'deliveryId' | 'webhookId' | 'kind' | 'attempt' | 'status'>,
): AttemptRecord {
  const { deliveryId, webhookId, kind, attempt, status } = given;
  const isSuccess = status === 'success';
  return {
    ...{ deliveryId, webhookId, kind, attempt, status },
    retryInMs: { pending: 60_000, split: 0, success: null, failed: null }[status],
    holdMs: 0,
    requestHeaders: '{}',
    outcome: {
      startedAt: new Date(),
      durationMs: 5,
      phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
      remoteAddress: null,
      responseStatus: { pending: 500, failed: 500, split: 400, success: 200 }[status],
      responseHeaders: null,
      responseBody: null,
      isResponseTruncated: false,
      errorClass: isSuccess ? null : status === 'split' ? 'client_error' : 'server_error',
      errorMessage: null,
      evidence: null,
      retryAfterMs: null,
    },
  };
}
