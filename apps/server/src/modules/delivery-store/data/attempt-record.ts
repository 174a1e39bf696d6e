import type { DeliveryKind, DeliveryStatus } from '@im/contracts/api/deliveries';
import type { HttpOutcome } from '../../../platform/outgoing-http/http-outcome.js';

/** An attempt and what it makes of its delivery. */
export interface AttemptRecord {
  deliveryId: string;
  webhookId: string;
  kind: DeliveryKind;
  attempt: number;
  /** `split`: it was a batch that was refused as a whole; the delivery goes out again at once, without having used up an attempt. */
  status: Extract<DeliveryStatus, 'pending' | 'success' | 'failed'> | 'split';
  /** While it goes on: milliseconds until the next attempt. */
  retryInMs: number | null;
  /** While it goes on: the worker goes on holding it for so long after the next attempt is due; 0: anybody may take it then. */
  holdMs: number;
  requestHeaders: string;
  outcome: HttpOutcome;
}
