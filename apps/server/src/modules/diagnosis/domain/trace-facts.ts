/** Describes what is known of one event and one webhook. */
import type { BeforeDecider, BeforeOutcome } from '@im/contracts/api/before-constants';
import type {
  CancelReason,
  DeliveryHolder,
  DeliveryKind,
  DeliveryStatus,
} from '@im/contracts/api/deliveries';
import type { DisabledReason } from '@im/contracts/api/webhooks';
import type { Diagnosis } from '@im/contracts/diagnosis/diagnosis';

export interface DeliveryFacts {
  deliveryId: string;
  kind: DeliveryKind;
  status: DeliveryStatus;
  heldBy: DeliveryHolder | null;
  attempts: number;
  maxAttempts: number;
  nextAttemptAt: Date | null;
  createdAt: Date;
  completedAt: Date | null;
  /** null also of what was canceled before reasons were kept. */
  cancelReason: CancelReason | null;
  /** What was decided, and by whom; null unless the kind is `before`. */
  decision: BeforeOutcome | null;
  decidedBy: BeforeDecider | null;
  /** Of the last failed attempt. */
  diagnosis: Diagnosis | null;
  /** The head of the conversation, if it is another one. */
  behindDeliveryId: string | null;
}

/** The webhook when the event came. */
export type SettingsThen =
  | { state: 'not_yet_created' }
  | {
      state: 'there' | 'deleted';
      enabled: boolean;
      events: string[];
      revision: number;
      /** When, and by whom, these settings were made. */
      since: Date;
      by: string;
    };

/** The webhook as it is now. */
export interface WebhookNow {
  createdAt: Date;
  deletedAt: Date | null;
  isEnabled: boolean;
  disabledReason: DisabledReason | null;
  /** A person paused it then. */
  pausedAt: Date | null;
  pausedBy: string | null;
  /** While its breaker is open. */
  probeAt: Date | null;
  rateLimitPerSecond: number;
}

export interface WebhookFacts {
  event: string;
  then: SettingsThen;
  now: WebhookNow;
  /** Of this event, oldest first. */
  deliveries: DeliveryFacts[];
  at: Date;
}
