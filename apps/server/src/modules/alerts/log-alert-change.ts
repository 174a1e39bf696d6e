import type { Logger } from '../../platform/logging/logger.js';
import type { AlertChange } from './domain/alert-change.js';

/** One line for each step of an alert. */
export function logAlertChange(logger: Logger, webhookId: string, change: AlertChange): void {
  switch (change.kind) {
    case 'open':
      logger.warn('alert.opened', { webhookId, rule: change.rule, severity: change.severity });
      return;
    case 'update':
      if (change.isEscalation) logger.warn('alert.escalated', { webhookId, alertId: change.alertId });
      return;
    case 'resolve':
      logger.info('alert.resolved', { webhookId, alertId: change.alertId });
      return;
    case 'clearing':
  }
}
