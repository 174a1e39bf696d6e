export const ALERT_COLUMNS = `alert_id AS "alertId", rule, severity, status, webhook_id AS "webhookId", detail,
  opened_at AS "openedAt", escalated_at AS "escalatedAt", acknowledged_at AS "acknowledgedAt",
  acknowledged_by AS "acknowledgedBy", resolved_at AS "resolvedAt", resolved_by AS "resolvedBy"`;
