/** Describes questions and decisions. */
import type { BeforeDecider } from '@im/contracts/api/before-constants';
import type { CallbackDelivery } from '../dispatcher/domain/callback.js';
import type { RawRequest } from '../delivery-store/domain/raw-request.js';
import type { ReadRawAnswer, ReceiverDecision } from './domain/judge-answer.js';

export interface Question {
  app: { appId: string; tenantId: string; appKey: string };
  /** The name of the event that would follow, or `<kind>.<command>` of an IM server. */
  event: string;
  conversationId: string | null;
  /** JSON text of an object. */
  payload: string;
  /** Who asks, as `receivedFromOf` writes it. */
  receivedFrom: string;
  /** When the asker would give up, milliseconds from now; null: the webhook's deadline alone counts. */
  maxWaitMs: number | null;
  /** The request of an IM server, for receivers of format `raw`; null: there is none. */
  rawRequest: RawRequest | null;
  /** Reads what a receiver of format `raw` answers; absent: it answers as any other. */
  readRawAnswer?: ReadRawAnswer;
}

export interface Decision extends ReceiverDecision {
  decidedBy: BeforeDecider;
  latencyMs: number;
  /** Both are in the log a moment later; null: no webhook was to be asked. */
  deliveryId: string | null;
  eventId: string | null;
}

/** A question on its way to its webhook. */
export interface QuestionDelivery extends CallbackDelivery {
  eventId: string;
}
