import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alert-constants';

export const ALERT_COLUMNS = `alert_id AS "alertId", rule, severity, status, webhook_id AS "webhookId",
  source_id AS "sourceId", detail, opened_at AS "openedAt", escalated_at AS "escalatedAt", acknowledged_at AS "acknowledgedAt",
  acknowledged_by AS "acknowledgedBy", resolved_at AS "resolvedAt", resolved_by AS "resolvedBy"`;

export const IS_UNRESOLVED = `status <> 'resolved'`;

/** A person closed it, and its condition has not been gone since. */
export const IS_DISMISSED = `status = 'resolved' AND resolved_by <> '${AUTOMATIC_RESOLVER}' AND clear_since IS NULL`;
