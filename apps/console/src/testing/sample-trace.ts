/** Makes a traced event as the API answers it, delivered to one webhook by default. */
import type { TracedDelivery, TracedEvent, TracedWebhook } from '@im/contracts/api/trace';

export function sampleTracedDelivery(overrides: Partial<TracedDelivery> = {}): TracedDelivery {
  return {
    deliveryId: 'd1',
    callbackId: 'c1',
    kind: 'event',
    status: 'success',
    phase: null,
    heldBy: null,
    attempts: 1,
    maxAttempts: 9,
    nextAttemptAt: null,
    createdAt: '2026-11-29T15:04:24.745Z',
    completedAt: '2026-11-29T15:04:25.000Z',
    cancelReason: null,
    originalDeliveryId: null,
    attemptLog: [sampleTracedAttempt()],
    ...overrides,
  };
}

type TracedAttempt = TracedDelivery['attemptLog'][number];

function sampleTracedAttempt(overrides: Partial<TracedAttempt> = {}): TracedAttempt {
  return {
    attempt: 1,
    startedAt: '2026-11-29T15:04:24.800Z',
    durationMs: 12,
    responseStatus: 200,
    errorClass: null,
    diagnosis: null,
    ...overrides,
  };
}

/** One that the receiver answered with 500. */
export function sampleFailedAttempt(attempt = 1): TracedAttempt {
  return sampleTracedAttempt({
    attempt,
    responseStatus: 500,
    errorClass: 'server_error',
    diagnosis: {
      cause: { zh: '接收方出错。', en: 'The receiver failed.' },
      advice: { zh: '看它的日志。', en: 'Look at its log.' },
    },
  });
}

export function sampleTracedWebhook(overrides: Partial<TracedWebhook> = {}): TracedWebhook {
  return {
    webhookId: 'w1',
    name: '业务后台',
    url: 'https://example.com/hook',
    outcome: 'delivered',
    answer: { zh: '已送达。', en: 'Delivered.' },
    decidedBy: null,
    next: null,
    deliveries: [sampleTracedDelivery()],
    ...overrides,
  };
}

export function sampleTracedEvent(overrides: Partial<TracedEvent> = {}): TracedEvent {
  return {
    eventId: '0198c1f2-7a10-7b3c-8d4e-000000000001',
    event: 'message.sent',
    messageId: 'm-1',
    conversationId: 'single_u1_u2',
    occurredAt: '2026-11-29T15:04:24.740Z',
    receivedAt: '2026-11-29T15:04:24.745Z',
    receivedFrom: { kind: 'source', name: 'im-1', sourceId: 's1', sourceKind: 'openim' },
    isEventKept: true,
    repetitions: [],
    webhooks: [sampleTracedWebhook()],
    ...overrides,
  };
}
