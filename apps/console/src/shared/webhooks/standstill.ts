/** Why a webhook gets nothing at the moment, and what changes by itself. */
import type { DisabledReason, Webhook } from '@im/contracts/api/webhooks';

/** Paused by its breaker, or disabled for one of the reasons. */
export type Standstill = 'paused' | DisabledReason;

/** null while its callbacks are sent. */
export function standstillOf({
  enabled,
  health,
  disabledReason,
}: Pick<Webhook, 'enabled' | 'health' | 'disabledReason'>): Standstill | null {
  if (!enabled) return disabledReason ?? 'by_person';
  return health === 'paused' ? 'paused' : null;
}

/** Whether its health may change any moment without anybody doing anything: it fails, and more is to be sent. */
export function mayRecoverByItself({ health, stats }: Pick<Webhook, 'health' | 'stats'>): boolean {
  return health === 'paused' || (health === 'unhealthy' && stats.pending > 0);
}
