import type { DeliveryRow } from '../ledger/delivery-rows.js';
import type { PostedEvent } from '../ledger/posted-event.js';
import type { Arrival } from '../receiver/receiver-commands.js';
import type { Channel } from '../scene/channels.js';
import type { WebhookStats } from '@im/contracts/api/webhooks';

/** One webhook and everything known of it when the round is over. */
export interface ChannelEvidence extends Channel {
  index: number;
  webhookId: string;
  /** In the order in which they came. */
  arrivals: readonly Arrival[];
  rows: readonly DeliveryRow[];
  stats: WebhookStats;
}

export interface Evidence {
  /** In the order in which each sender posted them. */
  events: readonly PostedEvent[];
  channels: readonly ChannelEvidence[];
  /** Unix times between which Redis was out of order. */
  redisTroubles: readonly { from: number; until: number }[];
  /** Processes that deliver. */
  workers: number;
}

/** Something that must not happen. */
export interface Violation {
  /** One line. */
  text: string;
  /** The event whose history explains it. */
  sequence?: number;
  channel?: number;
}

/** A promise and how it is checked: no violations, it was kept. */
export interface Proof {
  promise: string;
  violationsIn: (evidence: Evidence) => Violation[];
}
