import type { WebhookHealth } from '@im/contracts/api/webhooks';
import type { MessageKey } from '../../i18n/i18n.js';

/** From this many failed attempts in a row the tag shows danger (the contract's UNHEALTHY_FAILURES). */
const DANGER_FAILURES = 10;

export interface HealthLook {
  type: 'success' | 'warning' | 'danger' | 'info';
  key: MessageKey;
}

/** How the health tag looks: by the failures in a row; neutral for a disabled webhook that did not fail. */
export function lookOfHealth(consecutiveFailures: number, health: WebhookHealth): HealthLook {
  if (consecutiveFailures > 0) {
    const type = consecutiveFailures >= DANGER_FAILURES ? 'danger' : 'warning';
    return { type, key: 'statuses.health.failures' };
  }
  return health === 'disabled'
    ? { type: 'info', key: 'statuses.health.off' }
    : { type: 'success', key: 'statuses.health.ok' };
}
