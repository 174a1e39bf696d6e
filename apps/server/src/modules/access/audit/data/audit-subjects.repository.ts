/** Reads what audit entries are about, under its present names: a statement for any number of entries. */
import { Injectable } from '@nestjs/common';
import type { AlertRule } from '@im/contracts/api/alerts';
import { DataSource } from 'typeorm';
import type { SubjectIds } from '../domain/subject-ids.js';

/** A delivery, an event or an alert. */
export interface AuditedThing {
  id: string;
  event: string | null;
  rule: AlertRule | null;
  webhookId: string | null;
  sourceId: string | null;
}

const THINGS = `
  SELECT d.delivery_id AS id, d.event, NULL AS rule, d.webhook_id AS "webhookId", NULL::uuid AS "sourceId"
  FROM delivery_log d JOIN apps a USING (app_id) WHERE a.tenant_id = $1 AND d.delivery_id = ANY($2::uuid[])
  UNION ALL
  SELECT e.event_id, e.event, NULL, NULL, NULL
  FROM events e JOIN apps a USING (app_id) WHERE a.tenant_id = $1 AND e.event_id = ANY($3::uuid[])
  UNION ALL
  SELECT l.alert_id, NULL, l.rule, l.webhook_id, l.source_id
  FROM alerts l JOIN apps a USING (app_id) WHERE a.tenant_id = $1 AND l.alert_id = ANY($4::uuid[])`;

const NAMES = `
  SELECT w.webhook_id AS id, coalesce(nullif(w.name, ''), w.masked_url, '') AS name
  FROM webhook_configs w JOIN apps a USING (app_id)
  WHERE a.tenant_id = $1 AND a.deleted_at IS NULL AND w.deleted_at IS NULL AND w.webhook_id = ANY($2::uuid[])
  UNION ALL
  SELECT s.source_id, s.name
  FROM sources s JOIN apps a USING (app_id)
  WHERE a.tenant_id = $1 AND a.deleted_at IS NULL AND s.deleted_at IS NULL AND s.source_id = ANY($3::uuid[])`;

@Injectable()
export class AuditSubjectsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Deliveries, events and alerts by their ids; also of what was deleted, as long as it is kept. */
  async things(tenantId: string, ids: SubjectIds): Promise<Map<string, AuditedThing>> {
    const { deliveries, events, alerts } = ids;
    if (deliveries.length + events.length + alerts.length === 0) return new Map();
    const rows = await this.dataSource.query<AuditedThing[]>(THINGS, [tenantId, deliveries, events, alerts]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Names of webhooks and sources by their ids; deleted ones are left out. */
  async names(
    tenantId: string,
    webhooks: readonly string[],
    sources: readonly string[],
  ): Promise<Map<string, string>> {
    if (webhooks.length + sources.length === 0) return new Map();
    const rows = await this.dataSource.query<{ id: string; name: string }[]>(NAMES, [
      tenantId,
      webhooks,
      sources,
    ]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
