/** Makes evidence for the specs of the proofs: one webhook, events of one conversation. */
import type { DeliveryRow } from '../ledger/delivery-rows.js';
import type { PostedEvent } from '../ledger/posted-event.js';
import type { ChannelEvidence, Evidence } from '../proofs/evidence.js';
import type { Arrival } from '../receiver/receiver-commands.js';

export function posted(sequence: number, override: Partial<PostedEvent> = {}): PostedEvent {
  return {
    ...{ sequence, stream: 'chat', sender: 0, hasId: true, state: 'acknowledged' },
    ...{ eventIds: [`event-${String(sequence)}`], acceptedAt: 1, posts: 1 },
    ...override,
  };
}

/** Answered 2xx at once by default. */
export function arrival(sequence: number, order: number, override: Partial<Arrival> = {}): Arrival {
  return {
    ...{ channel: 0, sequence, callbackId: `callback-${String(sequence)}`, attempt: 1, order },
    ...{ deliveryId: `delivery-${String(sequence)}`, acceptedOrder: order + 1, atMs: order },
    ...{ behaviour: 'ok', bodyHash: 'hash', batchSize: 1 },
    ...override,
  };
}

export function row(sequence: number, override: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    ...{ deliveryId: `delivery-${String(sequence)}`, eventId: `event-${String(sequence)}` },
    ...{ webhookId: 'webhook', callbackId: `callback-${String(sequence)}`, status: 'success' },
    ...{ attempts: 1, loggedAttempts: 1, completedAt: 1 },
    ...override,
  };
}

export function evidence(
  events: PostedEvent[],
  channel: Partial<ChannelEvidence>,
  override: Partial<Evidence> = {},
): Evidence {
  const rates = { attemptSuccessRate: null, deliveredRate: null, successRate: null };
  const stats = { total: 0, succeeded: 0, failed: 0, pending: 0, attempts: 0, ...rates };
  const whole: ChannelEvidence = {
    ...{ name: 'webhook', receiver: 0, stream: 'chat', isOrdered: true, mayGiveUp: true, settings: {} },
    ...{ index: 0, webhookId: 'webhook', arrivals: [], rows: [], stats },
    ...channel,
  };
  return { events, channels: [whole], redisTroubles: [], workers: 2, ...override };
}
