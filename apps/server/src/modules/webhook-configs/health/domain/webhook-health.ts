import { UNHEALTHY_FAILURES, type WebhookHealth } from '@im/contracts/api/webhooks';

export interface HealthFacts {
  isEnabled: boolean;
  /** The breaker is open. */
  isPaused: boolean;
  /** Pending deliveries; an open breaker stops them unless there is only one, which follows its own policy. */
  pending: number;
  /** Failed attempts since the last success. */
  consecutiveFailures: number;
}

export function webhookHealthOf(facts: HealthFacts): WebhookHealth {
  const { isEnabled, isPaused, pending, consecutiveFailures } = facts;
  if (!isEnabled) return 'disabled';
  if (isPaused && pending > 1) return 'paused';
  if (consecutiveFailures >= UNHEALTHY_FAILURES) return 'unhealthy';
  return consecutiveFailures > 0 ? 'failing' : 'healthy';
}
