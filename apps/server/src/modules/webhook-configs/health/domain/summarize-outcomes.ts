/** Summarizes a batch of recorded attempts for the health of each webhook. */
import type { DeliveryKind, DeliveryStatus, ErrorClass } from '@im/contracts/api/deliveries';

export interface RecordedAttempt {
  /** The request that carried it: those of one batch share it, and count once for the webhook's health. */
  request: object;
  webhookId: string;
  deliveryId: string;
  kind: DeliveryKind;
  /** The delivery's state after the attempt. */
  status: DeliveryStatus;
  errorClass: ErrorClass | null;
  responseStatus: number | null;
  startedAt: Date;
}

export interface WebhookSummary {
  webhookId: string;
  /** Whether a success is among the attempts: it ends the row of failures before it. */
  hasSuccess: boolean;
  /** Failed attempts after the last success of the batch, or all of them when there is none. */
  trailingFailures: number;
  /** Exhausted deliveries, in total and after the last success. */
  exhausted: number;
  trailingExhausted: number;
  lastFailure: {
    deliveryId: string;
    errorClass: ErrorClass | null;
    responseStatus: number | null;
    startedAt: Date;
  } | null;
  lastExhaustedDeliveryId: string | null;
  /** The last failed request, so that the deliveries of a batch are one failure. */
  lastFailedRequest: object | null;
  /** 410: the receiver wants no more callbacks. */
  isGone: boolean;
}

/** @param attempts in the order in which they ended; test sends count too, but never as exhausted */
export function summarizeOutcomes(attempts: readonly RecordedAttempt[]): WebhookSummary[] {
  const summaries = new Map<string, WebhookSummary>();
  for (const attempt of attempts) {
    const summary = summaries.get(attempt.webhookId) ?? emptySummary(attempt);
    summaries.set(attempt.webhookId, summary);
    if (attempt.errorClass === null) addSuccess(summary);
    else addFailure(summary, attempt);
  }
  return [...summaries.values()];
}

function addSuccess(summary: WebhookSummary): void {
  summary.hasSuccess = true;
  summary.trailingFailures = 0;
  summary.trailingExhausted = 0;
}

function addFailure(summary: WebhookSummary, attempt: RecordedAttempt): void {
  const { deliveryId, errorClass, responseStatus, startedAt } = attempt;
  if (summary.lastFailedRequest !== attempt.request) summary.trailingFailures += 1;
  summary.lastFailedRequest = attempt.request;
  summary.lastFailure = { deliveryId, errorClass, responseStatus, startedAt };
  if (errorClass === 'gone') summary.isGone = true;
  if (attempt.status !== 'failed' || attempt.kind === 'test') return;
  summary.exhausted += 1;
  summary.trailingExhausted += 1;
  summary.lastExhaustedDeliveryId = deliveryId;
}

function emptySummary({ webhookId }: RecordedAttempt): WebhookSummary {
  return {
    webhookId,
    hasSuccess: false,
    trailingFailures: 0,
    exhausted: 0,
    trailingExhausted: 0,
    lastFailure: null,
    lastExhaustedDeliveryId: null,
    lastFailedRequest: null,
    isGone: false,
  };
}
