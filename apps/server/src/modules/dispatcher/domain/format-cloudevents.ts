/** Format `cloudevents`: CloudEvents 1.0 in structured mode (JSON event format), several in its JSON batch format. */
import type { BodyTarget, CallbackDelivery } from './callback.js';

export const CLOUD_EVENT_CONTENT_TYPE = 'application/cloudevents+json; charset=utf-8';
export const CLOUD_EVENTS_BATCH_CONTENT_TYPE = 'application/cloudevents-batch+json; charset=utf-8';

/** What the type system of CloudEvents keeps out of a string. */
const NO_ATTRIBUTE_TEXT = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/**
 * `id` is the callbackId, which is unique within the app that `source` names. Extension attributes (appkey,
 * webhookid, deliveryid) are lower-case, as CloudEvents demands. The payload's text is spliced in unread.
 */
export function cloudEventEntry(target: BodyTarget, delivery: CallbackDelivery): string {
  const attributes = JSON.stringify({
    specversion: '1.0',
    id: delivery.callbackId,
    source: `urn:im-callback:app:${encodeURIComponent(target.appKey)}`,
    type: delivery.event,
    subject: subjectOf(delivery.conversationId),
    time: delivery.occurredAt.toISOString(),
    datacontenttype: 'application/json',
    appkey: target.appKey,
    webhookid: target.webhookId,
    deliveryid: delivery.deliveryId,
  });
  return `${attributes.slice(0, -1)},"data":${delivery.payload}}`;
}

/** The conversation; an event without one has no subject, and so has one whose name no attribute can hold. */
function subjectOf(conversationId: string | null): string | undefined {
  if (!conversationId || NO_ATTRIBUTE_TEXT.test(conversationId)) return undefined;
  return conversationId;
}
