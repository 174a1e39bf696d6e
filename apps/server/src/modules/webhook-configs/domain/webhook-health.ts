import { UNHEALTHY_FAILURES, type WebhookHealth } from '@im/contracts/api/webhooks';

/** @param consecutiveFailures failed attempts since the last success */
export function webhookHealthOf(isEnabled: boolean, consecutiveFailures: number): WebhookHealth {
  if (!isEnabled) return 'disabled';
  if (consecutiveFailures >= UNHEALTHY_FAILURES) return 'unhealthy';
  return consecutiveFailures > 0 ? 'failing' : 'healthy';
}
