import { wantsEvent } from '@im/contracts/events/names';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import type { PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';
import { callbackIdOf } from '../delivery-store/domain/callback-id.js';
import type { WebhookRoute } from '../webhook-configs/webhook-settings.js';

/**
 * Of one request of an IM server, webhooks of format `raw` get the request itself, once; all others get the events that
 * it was read as. `names` are those of all of these: a webhook gets the request if it wants one of them.
 */
export type EventAudience = { form: 'mapped' } | { form: 'raw'; names: readonly string[] };

export interface EventToPlan {
  eventId: string;
  appId: string;
  event: string;
  conversationId: string | null;
  receivedAt: Date;
  audience?: EventAudience;
}

/** One delivery for each webhook of the app that wants the event; a disabled one gets a `skipped` row to replay later. */
export function planDeliveries(event: EventToPlan, routes: readonly WebhookRoute[]): PlannedDelivery[] {
  return routes
    .filter((route) => isForWebhook(event, route))
    .map((route) => ({
      deliveryId: uuidV7(),
      callbackId: callbackIdOf(event.eventId, route.webhookId),
      eventId: event.eventId,
      webhookId: route.webhookId,
      appId: event.appId,
      event: event.event,
      kind: 'event',
      status: route.isEnabled ? 'pending' : 'skipped',
      isHeldBack: route.isPaused || route.isPausedByPerson,
      maxAttempts: route.maxAttempts,
      createdAt: event.receivedAt,
      orderedConversationId: route.ordering === 'conversation' ? event.conversationId : null,
      originalDeliveryId: null,
    }));
}

function isForWebhook({ event, audience }: EventToPlan, { events, format }: WebhookRoute): boolean {
  if (!audience) return wantsEvent(events, event);
  if (audience.form === 'mapped') return format !== 'raw' && wantsEvent(events, event);
  return format === 'raw' && audience.names.some((name) => wantsEvent(events, name));
}
