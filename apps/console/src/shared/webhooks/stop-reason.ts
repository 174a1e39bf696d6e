/** Finds why a webhook gets nothing at the moment, and whether that may end by itself. */
import type { DisabledReason, Webhook } from '@im/contracts/api/webhooks';

/** Paused by its breaker or by a person, or disabled for one of the reasons. */
export type StopReason = 'paused' | 'paused_by_person' | DisabledReason;

/** null while its callbacks are sent. */
export function stopReasonOf({
  enabled,
  health,
  disabledReason,
  pausedAt,
}: Pick<Webhook, 'enabled' | 'health' | 'disabledReason' | 'pausedAt'>): StopReason | null {
  if (!enabled) return disabledReason ?? 'by_person';
  if (pausedAt !== null) return 'paused_by_person';
  return health === 'paused' ? 'paused' : null;
}

/** Whether resuming ends it; enabling does otherwise. */
export function endsByResuming(stopReason: StopReason): boolean {
  return stopReason === 'paused' || stopReason === 'paused_by_person';
}

/** Whether its health may change without a person: it is probed, or it fails and deliveries are pending. */
export function mayRecoverByItself({ health, stats }: Pick<Webhook, 'health' | 'stats'>): boolean {
  return health === 'paused' || (health === 'unhealthy' && stats.pending > 0);
}
