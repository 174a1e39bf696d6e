/** Decides when failures of before-callbacks open the circuit breaker of a webhook, and when the next one is a probe. */
import { UNHEALTHY_FAILURES } from '@im/contracts/api/webhooks';
import { FIRST_PROBE_MS, MAX_PROBE_MS } from '../../webhook-configs/health/domain/breaker.js';

export interface BreakerState {
  /** Failed questions since the last decision of the receiver. */
  failures: number;
  /** When the next probe may go out, monotonic milliseconds; null: the breaker is closed. */
  probeAt: number | null;
  /** Between the last probe and the next. */
  probeDelayMs: number;
  isProbing: boolean;
}

export const CLOSED_BREAKER: BreakerState = {
  failures: 0,
  probeAt: null,
  probeDelayMs: 0,
  isProbing: false,
};

/** `skip`: the receiver is not asked; the policy decides at once. */
export type Admission = 'ask' | 'probe' | 'skip';

export function admissionOf({ probeAt, isProbing }: BreakerState, now: number): Admission {
  if (probeAt === null) return 'ask';
  return isProbing || now < probeAt ? 'skip' : 'probe';
}

/** Those that were under way when the breaker opened change nothing but the count. */
export function afterFailure(state: BreakerState, admission: Admission, now: number): BreakerState {
  const failures = state.failures + 1;
  const isOpening = state.probeAt === null && failures >= UNHEALTHY_FAILURES;
  if (!isOpening && admission !== 'probe') return { ...state, failures };
  const probeDelayMs = isOpening ? FIRST_PROBE_MS : Math.min(state.probeDelayMs * 2, MAX_PROBE_MS);
  return { failures, probeAt: now + probeDelayMs, probeDelayMs, isProbing: false };
}
