import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RevisionRow, WebhookAt } from '../domain/revision-row.js';

const COLUMNS = `r.webhook_id AS "webhookId", r.revision, r.revised_at AS at, r.revised_by AS by, r.kind, r.changes, r.settings,
  r.sealed_settings AS "sealedSettings", r.sealed_changes AS "sealedChanges"`;

/** Reads who changed which setting when, and the settings at any instant. Revisions live as long as the webhook. */
@Injectable()
export class WebhookRevisionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @param before the last revision of the page before */
  list(webhookId: string, limit: number, before: number | null): Promise<RevisionRow[]> {
    return this.dataSource.query<RevisionRow[]>(
      `SELECT ${COLUMNS} FROM webhook_revisions r
       WHERE r.webhook_id = $1 AND ($2::integer IS NULL OR r.revision < $2)
       ORDER BY r.revision DESC LIMIT $3`,
      [webhookId, before, limit],
    );
  }

  /** Of all webhooks that the app ever had, newest first. @param to exclusive */
  ofSpan(appId: string, from: Date, to: Date, limit: number): Promise<RevisionRow[]> {
    return this.dataSource.query<RevisionRow[]>(
      `SELECT ${COLUMNS} FROM webhook_configs w CROSS JOIN LATERAL (
         SELECT * FROM webhook_revisions WHERE webhook_id = w.webhook_id AND revised_at >= $2 AND revised_at < $3
         ORDER BY revised_at DESC, revision DESC LIMIT $4
       ) r
       WHERE w.app_id = $1 ORDER BY r.revised_at DESC, r.webhook_id, r.revision DESC LIMIT $4`,
      [appId, from, to, limit],
    );
  }

  /**
   * The settings in force at an instant.
   *
   * @param of the webhooks with these ids, or all that an app ever had
   * @returns in the order in which the webhooks were made; one that is unknown is left out
   */
  async settingsAt(
    of: { webhookIds: readonly string[] } | { appId: string },
    instant: Date,
  ): Promise<WebhookAt[]> {
    const [where, value] =
      'appId' in of ? ['w.app_id = $1::uuid', of.appId] : ['w.webhook_id = ANY($1::uuid[])', of.webhookIds];
    const rows = await this.dataSource.query<(Partial<RevisionRow> & { id: string; createdAt: Date })[]>(
      `SELECT w.webhook_id AS id, w.created_at AS "createdAt", ${COLUMNS}
       FROM webhook_configs w LEFT JOIN LATERAL (
         SELECT * FROM webhook_revisions r WHERE r.webhook_id = w.webhook_id AND r.revised_at <= $2
         ORDER BY r.revision DESC LIMIT 1
       ) r ON true
       WHERE ${where} ORDER BY w.webhook_id`,
      [value, instant],
    );
    return rows.map(({ id, createdAt, ...revision }) => {
      if (revision.revision == null) return { webhookId: id, createdAt, state: 'not_yet_created' };
      const row = revision as RevisionRow;
      const state = row.kind === 'deleted' ? 'deleted' : 'there';
      return { webhookId: id, createdAt, state, revision: row };
    });
  }
}
