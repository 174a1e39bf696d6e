import type { DeliveryKind, DeliveryStatus } from '@im/contracts/api/deliveries';
import type { CallbackReply } from '../domain/callback-reply.js';
import type { HttpOutcome } from '../../../platform/outgoing-http/http-outcome.js';

/** An attempt and the new state of its delivery. */
export interface AttemptRecord {
  deliveryId: string;
  webhookId: string;
  kind: DeliveryKind;
  attempt: number;
  /** `split`: it was a batch that was refused as a whole; the delivery goes out again at once, without having used up an attempt. */
  status: Extract<DeliveryStatus, 'pending' | 'success' | 'failed'> | 'split';
  /** If it is not over: milliseconds until the next attempt. */
  retryInMs: number | null;
  /**
   * If it is not over: how long the lease outlasts the due time of the next attempt; 0: any worker may claim it then.
   */
  holdMs: number;
  requestHeaders: string;
  outcome: HttpOutcome;
  /** The answer, when it may ask for a reply. */
  reply?: CallbackReply | undefined;
}
