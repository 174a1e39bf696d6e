import type { DisabledReason, WebhookHealth } from '@im/contracts/api/webhooks';
import type { MessageKey } from '../../i18n/i18n.js';

/** From this many failed attempts in a row the tag shows danger (the contract's UNHEALTHY_FAILURES). */
const DANGER_FAILURES = 10;

export interface HealthLook {
  type: 'success' | 'warning' | 'danger';
  key: MessageKey;
  /** Why nothing is sent at the moment, when that is so. */
  reasonKey: MessageKey | null;
}

/** How the health tag looks: by the failures in a row, with a reason when deliveries stand still. */
export function lookOfHealth(
  consecutiveFailures: number,
  health: WebhookHealth,
  disabledReason: DisabledReason | null,
): HealthLook {
  const reasonKey = reasonOf(health, disabledReason);
  if (consecutiveFailures <= 0) return { type: 'success', key: 'statuses.health.ok', reasonKey };
  const type = consecutiveFailures >= DANGER_FAILURES ? 'danger' : 'warning';
  return { type, key: 'statuses.health.failures', reasonKey };
}

function reasonOf(health: WebhookHealth, disabledReason: DisabledReason | null): MessageKey | null {
  if (disabledReason === 'gone') return 'statuses.health.gone';
  if (disabledReason === 'failing') return 'statuses.health.failing';
  return health === 'paused' ? 'statuses.health.paused' : null;
}
