import type { TracedDelivery, TracedEvent, TracedWebhook } from '@im/contracts/api/trace';
import { diagnosisOf } from '../deliveries/diagnose-row.js';
import { phaseOf } from '../delivery-store/domain/delivery-phase.js';
import { presentReceivedFrom } from '../delivery-store/domain/received-from.js';
import type { WebhookAt } from '../webhook-configs/domain/revision-row.js';
import type {
  TracedAttemptRow,
  TracedDeliveryRow,
  TracedWebhookRow,
} from './data/traced-deliveries.repository.js';
import type { TracedEventRow } from './data/traced-events.repository.js';
import { explainWebhook } from './domain/explain-webhook.js';
import type { DeliveryFacts, SettingsThen } from './domain/trace-facts.js';

/** The rows of some events. */
export interface TraceMaterial {
  receivedAt: Date;
  deliveries: TracedDeliveryRow[];
  attempts: TracedAttemptRow[];
  /** With the URL as the caller may see it. */
  webhooks: Omit<TracedWebhookRow, 'sealedSettings'>[];
  settingsThen: WebhookAt[];
  firstInLine: ReadonlyMap<string, string>;
  repetitions: { eventId: string; receivedAt: Date }[];
  now: Date;
}

export function presentTracedEvent(event: TracedEventRow, material: TraceMaterial): TracedEvent {
  const { receivedAt, repetitions } = material;
  const receivedFrom = presentReceivedFrom(event);
  const ofEvent = material.deliveries.filter(({ eventId }) => eventId === event.eventId);
  // A test send or a question went to one webhook only; the others have nothing to do with it.
  const isForOne = receivedFrom.kind === 'test' || ofEvent.some(({ kind }) => kind === 'before');
  const concerned = isForOne
    ? material.webhooks.filter(({ webhookId }) =>
        ofEvent.some((delivery) => delivery.webhookId === webhookId),
      )
    : material.webhooks;
  return {
    eventId: event.eventId,
    event: event.event,
    messageId: event.messageId,
    conversationId: event.conversationId,
    occurredAt: (event.occurredAt ?? receivedAt).toISOString(),
    receivedAt: receivedAt.toISOString(),
    receivedFrom,
    isEventKept: event.receivedAt !== null,
    repetitions: repetitions.map((other) => ({
      eventId: other.eventId,
      receivedAt: other.receivedAt.toISOString(),
    })),
    webhooks: concerned.map((webhook) =>
      presentTracedWebhook(
        event.event,
        webhook,
        ofEvent.filter(({ webhookId }) => webhookId === webhook.webhookId),
        material,
      ),
    ),
  };
}

function presentTracedWebhook(
  event: string,
  webhook: TraceMaterial['webhooks'][number],
  deliveries: TracedDeliveryRow[],
  material: TraceMaterial,
): TracedWebhook {
  const { webhookId, name, url } = webhook;
  const logs = deliveries.map((row) => presentTracedDelivery(row, material));
  const { outcome, answer, decidedBy, next } = explainWebhook({
    event,
    then: settingsThenOf(webhookId, material.settingsThen),
    now: webhook,
    deliveries: deliveries.map((row, index) => factsOf(row, logs[index], material.firstInLine)),
    at: material.now,
  });
  return { webhookId, name, url, outcome, answer, decidedBy, next, deliveries: logs };
}

function settingsThenOf(webhookId: string, settings: readonly WebhookAt[]): SettingsThen {
  const then = settings.find((each) => each.webhookId === webhookId);
  if (!then || then.state === 'not_yet_created') return { state: 'not_yet_created' };
  const { revision, at, by, settings: were } = then.revision;
  return { state: then.state, enabled: were.enabled, events: were.events, revision, since: at, by };
}

function factsOf(
  row: TracedDeliveryRow,
  log: TracedDelivery | undefined,
  firstInLine: ReadonlyMap<string, string>,
): DeliveryFacts {
  return {
    ...row,
    diagnosis: log?.attemptLog.findLast(({ diagnosis }) => diagnosis !== null)?.diagnosis ?? null,
    behindDeliveryId: firstInLine.get(row.deliveryId) ?? null,
  };
}

function presentTracedDelivery(row: TracedDeliveryRow, material: TraceMaterial): TracedDelivery {
  return {
    deliveryId: row.deliveryId,
    callbackId: row.callbackId,
    kind: row.kind,
    status: row.status,
    phase: phaseOf(row),
    heldBy: row.heldBy,
    attempts: row.attempts,
    maxAttempts: row.maxAttempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
    cancelReason: row.cancelReason,
    originalDeliveryId: row.originalDeliveryId,
    attemptLog: material.attempts
      .filter(({ deliveryId }) => deliveryId === row.deliveryId)
      .map((attempt) => ({
        attempt: attempt.attempt,
        startedAt: attempt.startedAt.toISOString(),
        durationMs: attempt.durationMs,
        responseStatus: attempt.responseStatus,
        errorClass: attempt.errorClass,
        diagnosis: diagnosisOf(attempt, true),
      })),
  };
}
