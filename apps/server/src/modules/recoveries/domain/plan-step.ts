/** Plans the next step of a running recovery, as a pure function of its state. */
import type { RecoveryReason, RecoveryWait } from '@im/contracts/api/recoveries';

/** Deliveries of a recovery that may wait for their first attempt: enough to keep a receiver busy, not more. */
const MAX_UNATTEMPTED = 500;
const FEWEST_UNATTEMPTED = 20;
/** With this many waiting, retries included, it waits for outcomes, so that failures do not fill the table. */
const MAX_PENDING = 5_000;
/** While the breaker is open one delivery waits, so that there is something to probe with. */
const PENDING_BEHIND_BREAKER = 1;
/** Unused rate older than this is lost. */
const MAX_ARREARS_MS = 1_000;

export interface RecoveryStanding {
  isWebhookDeleted: boolean;
  isWebhookEnabled: boolean;
  /** By a person. */
  isWebhookPaused: boolean;
  isBreakerOpen: boolean;
  /** An earlier recovery of the webhook is still scanning. */
  isAnotherScanning: boolean;
  /** It has scanned everything. */
  isScanned: boolean;
  /** Its pending deliveries, and those of them that are due and were not attempted yet. */
  pending: number;
  unattempted: number;
  ratePerSecond: number;
  /** Since the instant up to which its rate is used up. */
  unpacedMs: number;
}

export type RecoveryStep =
  | { kind: 'end'; state: 'completed'; reason: null }
  | { kind: 'end'; state: 'failed'; reason: RecoveryReason }
  | { kind: 'pause'; reason: RecoveryReason }
  | { kind: 'wait'; waitingFor: RecoveryWait }
  /** @property count at most this many now; 0: the rate allows none yet */
  | { kind: 'schedule'; count: number; waitingFor: RecoveryWait | null };

export function planStep(standing: RecoveryStanding): RecoveryStep {
  const { isScanned, pending } = standing;
  if (standing.isWebhookDeleted) return { kind: 'end', state: 'failed', reason: 'webhook_deleted' };
  if (isScanned && pending === 0) return { kind: 'end', state: 'completed', reason: null };
  if (!standing.isWebhookEnabled) return { kind: 'pause', reason: 'webhook_disabled' };
  if (standing.isWebhookPaused) return { kind: 'wait', waitingFor: 'webhook_paused' };
  if (isScanned) return { kind: 'wait', waitingFor: standing.isBreakerOpen ? 'breaker' : 'outcomes' };
  if (standing.isAnotherScanning) return { kind: 'wait', waitingFor: 'earlier_recovery' };
  if (standing.isBreakerOpen) {
    return { kind: 'schedule', count: Math.max(0, PENDING_BEHIND_BREAKER - pending), waitingFor: 'breaker' };
  }
  const room = Math.min(mostUnattempted(standing) - standing.unattempted, MAX_PENDING - pending);
  if (room <= 0) return { kind: 'wait', waitingFor: 'receiver' };
  const affordable = Math.floor((standing.ratePerSecond * arrearsMs(standing)) / 1000);
  return { kind: 'schedule', count: Math.min(room, affordable), waitingFor: null };
}

/** By how much scheduling this many moves the instant until which the rate is used up. */
export function pacedAfterMs(standing: RecoveryStanding, scheduled: number): number {
  const forgivenMs = standing.unpacedMs - arrearsMs(standing);
  return forgivenMs + (scheduled * 1000) / standing.ratePerSecond;
}

function arrearsMs({ unpacedMs, ratePerSecond }: RecoveryStanding): number {
  // A slow rate must still reach one.
  return Math.min(unpacedMs, Math.max(MAX_ARREARS_MS, 1000 / ratePerSecond));
}

function mostUnattempted({ ratePerSecond }: RecoveryStanding): number {
  return Math.max(FEWEST_UNATTEMPTED, Math.min(MAX_UNATTEMPTED, ratePerSecond));
}
