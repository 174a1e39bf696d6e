/** Makes the log record of a decision. */
import { indexKeysOf } from '@im/contracts/events/catalogue';
import { userIdsOf } from '@im/contracts/events/user-ids';
import type { BeforeRecord } from '../delivery-store/data/before-log.repository.js';
import { writeRawRequest } from '../delivery-store/raw-request.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import type { Decision, Question, QuestionDelivery } from './question.js';
import type { SentQuestion } from './send-question.service.js';

const MAX_ID_CHARACTERS = 200;

/** @param sent null: the receiver was not asked */
export function recordOf(
  { app, event, receivedFrom, payload }: Question,
  { webhookId, isPausedByPerson }: WebhookSettings,
  { eventId, deliveryId, callbackId, occurredAt, conversationId, rawRequest }: QuestionDelivery,
  { decision, decidedBy, latencyMs }: Decision,
  sent: SentQuestion | null,
): BeforeRecord {
  const data = objectOf(payload);
  return {
    ...{ eventId, deliveryId, callbackId, webhookId, appId: app.appId, event, receivedFrom },
    conversationId: storableId(conversationId),
    messageId: indexKeysOf(event, data).messageId ?? null,
    userIds: userIdsOf(data),
    payload: rawRequest ? writeRawRequest(rawRequest) : payload,
    askedAt: occurredAt,
    ...{ decision, decidedBy, latencyMs, isPausedByPerson },
    request: sent,
  };
}

function objectOf(json: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(json);
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** An id that the log can store and search by. */
function storableId(id: string | null): string | null {
  return id === null || id === '' || id.length > MAX_ID_CHARACTERS || id.includes('\u0000') ? null : id;
}
