/** Describes the outcome of one request of a check-up. */
import type { Diagnosis } from '@im/contracts/diagnosis/diagnosis';
import type { SignatureScheme } from '@im/contracts/api/delivery-settings';
import type { ErrorClass } from '@im/contracts/api/deliveries';

export interface Probe {
  responseStatus: number | null;
  durationMs: number;
  /** Null: a 2xx answer. */
  errorClass: ErrorClass | null;
  /** Of a failure. */
  diagnosis: Diagnosis | null;
  /** It went over the connection of the request before. */
  isConnectionKept: boolean;
  /** When the receiver's certificate expires; null without TLS, and when it was not seen. */
  certificateValidTo: string | null;
}

/** A check-up's requests; undefined: not sent, because of an earlier outcome or for lack of time. */
export interface Probes {
  good: Probe;
  unicode?: Probe | undefined;
  duplicate?: Probe | undefined;
  large?: Probe | undefined;
  wrong?: Probe | undefined;
  stale?: Probe | undefined;
  /** Further good ones, for the speed. */
  more: Probe[];
}

export interface CheckupFacts {
  probes: Probes;
  /** How the webhook signs. */
  signature: SignatureScheme;
  /** The header that a receiver compares with. */
  signatureHeader: string;
  isTls: boolean;
  /** The webhook's. */
  timeoutMs: number;
  largeBodyBytes: number;
  nowMs: number;
}
