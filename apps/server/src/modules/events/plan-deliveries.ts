import { wantsEvent } from '@im/contracts/events/names';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import type { PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';
import { callbackIdOf } from '../delivery-store/domain/callback-id.js';
import type { WebhookRoute } from '../webhook-configs/webhook-settings.js';

export interface EventToPlan {
  eventId: string;
  appId: string;
  event: string;
  conversationId: string | null;
  receivedAt: Date;
}

/** One delivery for each webhook of the app that wants the event; a disabled one gets a `skipped` row to replay later. */
export function planDeliveries(event: EventToPlan, routes: readonly WebhookRoute[]): PlannedDelivery[] {
  return routes
    .filter((route) => wantsEvent(route.events, event.event))
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
