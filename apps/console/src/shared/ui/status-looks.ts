/** Maps every status to its label and colour; a status without an entry does not compile. */
import type { AlertSeverity, AlertStatus } from '@im/contracts/api/alerts';
import type { DeliveryPhase, DeliveryStatus } from '@im/contracts/api/deliveries';
import type { NotificationStatus } from '@im/contracts/api/notification-channels';
import type { SourceOutcome } from '@im/contracts/api/source-constants';
import type { SourceMessage } from '@im/contracts/api/sources';
import type { MessageKey } from '../../i18n/i18n.js';

export interface StatusLook {
  type: 'success' | 'warning' | 'danger' | 'info' | 'primary';
  key: MessageKey;
}

export interface StatusValues {
  delivery: DeliveryStatus;
  /** Of a pending delivery. */
  phase: DeliveryPhase;
  alert: AlertStatus;
  severity: AlertSeverity;
  notification: NotificationStatus;
  /** The outcome of an IM server's request. */
  sourceOutcome: SourceOutcome;
  /** Of a message sent as a bot. */
  sourceMessage: SourceMessage['state'];
}
export type StatusKind = keyof StatusValues;

const STATUS_LOOKS: { [K in StatusKind]: Record<StatusValues[K], StatusLook> } = {
  delivery: {
    pending: { type: 'primary', key: 'statuses.delivery.pending' },
    success: { type: 'success', key: 'statuses.delivery.success' },
    failed: { type: 'danger', key: 'statuses.delivery.failed' },
    canceled: { type: 'info', key: 'statuses.delivery.canceled' },
    skipped: { type: 'info', key: 'statuses.delivery.skipped' },
  },
  phase: {
    queued: { type: 'primary', key: 'statuses.phase.queued' },
    retrying: { type: 'warning', key: 'statuses.phase.retrying' },
    held: { type: 'warning', key: 'statuses.phase.held' },
  },
  alert: {
    open: { type: 'danger', key: 'statuses.alert.open' },
    acknowledged: { type: 'warning', key: 'statuses.alert.acknowledged' },
    resolved: { type: 'success', key: 'statuses.alert.resolved' },
  },
  notification: {
    pending: { type: 'primary', key: 'statuses.notification.pending' },
    sent: { type: 'success', key: 'statuses.notification.sent' },
    failed: { type: 'danger', key: 'statuses.notification.failed' },
    canceled: { type: 'info', key: 'statuses.notification.canceled' },
  },
  sourceOutcome: {
    accepted: { type: 'success', key: 'statuses.sourceOutcome.accepted' },
    not_understood: { type: 'warning', key: 'statuses.sourceOutcome.not_understood' },
    rejected: { type: 'danger', key: 'statuses.sourceOutcome.rejected' },
    failed: { type: 'danger', key: 'statuses.sourceOutcome.failed' },
  },
  sourceMessage: {
    waiting: { type: 'primary', key: 'statuses.sourceMessage.waiting' },
    sent: { type: 'success', key: 'statuses.sourceMessage.sent' },
    failed: { type: 'danger', key: 'statuses.sourceMessage.failed' },
  },
  severity: {
    warning: { type: 'warning', key: 'statuses.severity.warning' },
    critical: { type: 'danger', key: 'statuses.severity.critical' },
  },
};

/** Undefined for a status of a newer server: show its name then. */
export function lookOfStatus(kind: StatusKind, value: string): StatusLook | undefined {
  const looks: Partial<Record<string, StatusLook>> = STATUS_LOOKS[kind];
  return looks[value];
}
