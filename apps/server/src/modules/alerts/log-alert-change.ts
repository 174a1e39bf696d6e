import type { Logger } from '../../platform/logging/logger.js';
import type { SubjectChange } from './domain/alert-change.js';

/** One line for each step of an alert. */
export function logAlertChange(logger: Logger, { subject, change }: SubjectChange): void {
  switch (change.kind) {
    case 'open':
      logger.warn('alert.opened', { ...subject, rule: change.rule, severity: change.severity });
      return;
    case 'update':
      if (change.isEscalation) logger.warn('alert.escalated', { ...subject, alertId: change.alertId });
      return;
    case 'resolve':
      logger.info('alert.resolved', { ...subject, alertId: change.alertId });
      return;
    case 'clearing':
  }
}
