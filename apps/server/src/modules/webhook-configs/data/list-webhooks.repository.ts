import { Injectable } from '@nestjs/common';
import type { SortOrder, WebhookSort } from '@im/contracts/api/webhooks';
import { patternsOf } from '@im/contracts/events/names';
import { DataSource } from 'typeorm';
import type { StoredUrlAndHeaders } from '../sealed-settings.js';

/** Where a page ends: the sort key, and the id for equal keys. */
export interface WebhookPosition {
  key: string;
  webhookId: string;
}

export interface WebhookListFilter {
  appId: string;
  /** Only these; null: all of the app. */
  shownIds: readonly string[] | null;
  isEnabled: boolean | null;
  /** Those that get this event when they are enabled. */
  event: string | null;
  /** Part of the name or the URL; of a URL only what is not sealed. */
  text: string | null;
  /** Of URLs only the masked form is searched and sorted, so that neither reveals a token. */
  isUrlMasked: boolean;
  /** Webhooks whose sealed query contains the text. */
  foundIds: readonly string[];
  sort: WebhookSort;
  order: SortOrder;
  limit: number;
  after: WebhookPosition | null;
}

export interface WebhookListPage {
  positions: WebhookPosition[];
  /** On all pages together. */
  total: number;
}

/** With more URLs than this, the values of their queries are not searched. */
const MAX_OPENED = 2_000;

const MASKED_URL = `coalesce(masked_url, '')`;

/** Instants in microseconds, so that a cursor is exact; names regardless of case. */
const KEYS: Record<WebhookSort, { sql: string; type: string }> = {
  createdAt: { sql: '(extract(epoch FROM created_at) * 1000000)::bigint', type: 'bigint' },
  updatedAt: { sql: '(extract(epoch FROM updated_at) * 1000000)::bigint', type: 'bigint' },
  name: { sql: 'lower(name) COLLATE "C"', type: 'text' },
  url: { sql: 'url COLLATE "C"', type: 'text' },
};

const MASKED_KEY = { sql: `${MASKED_URL} COLLATE "C"`, type: 'text' };

@Injectable()
export class ListWebhooksRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Reads URLs with a sealed query, which must be opened to be searched. */
  withSealedQuery(appId: string): Promise<StoredUrlAndHeaders[]> {
    return this.dataSource.query<StoredUrlAndHeaders[]>(
      `SELECT webhook_id AS "webhookId", url, '{}'::jsonb AS headers, sealed_settings AS "sealedSettings"
       FROM webhook_configs
       WHERE app_id = $1 AND deleted_at IS NULL AND sealed_settings IS NOT NULL AND masked_url LIKE '%?%'
       ORDER BY webhook_id LIMIT ${String(MAX_OPENED)}`,
      [appId],
    );
  }

  /** One row more than the limit when there is another page. */
  async list(filter: WebhookListFilter): Promise<WebhookListPage> {
    const { appId, shownIds, isEnabled, event, text, isUrlMasked, foundIds, sort, order, limit, after } =
      filter;
    const key = isUrlMasked && sort === 'url' ? MASKED_KEY : KEYS[sort];
    const found = isUrlMasked ? `${MASKED_URL} ILIKE $4` : `url ILIKE $4 OR ${MASKED_URL} ILIKE $4`;
    const direction = order === 'asc' ? 'ASC' : 'DESC';
    const rows = await this.dataSource.query<{ total: number; key: string | null; webhookId: string }[]>(
      `WITH wanted AS (
         SELECT webhook_id, ${key.sql} AS key FROM webhook_configs
         WHERE app_id = $1 AND deleted_at IS NULL
           AND ($2::boolean IS NULL OR is_enabled = $2)
           AND ($3::text[] IS NULL OR events = '{}' OR events && $3)
           AND ($4::text IS NULL OR name ILIKE $4 OR ${found} OR webhook_id = ANY($8))
           AND ($9::uuid[] IS NULL OR webhook_id = ANY($9))
       )
       SELECT counted.total, page.key::text, page.webhook_id AS "webhookId"
       FROM (SELECT count(*) AS total FROM wanted) counted LEFT JOIN LATERAL (
         SELECT * FROM wanted
         WHERE $5::text IS NULL OR (key, webhook_id) ${order === 'asc' ? '>' : '<'} ($5::${key.type}, $6::uuid)
         ORDER BY key ${direction}, webhook_id ${direction} LIMIT $7
       ) page ON true
       ORDER BY page.key ${direction}, page.webhook_id ${direction}`,
      [
        appId,
        isEnabled,
        event === null ? null : patternsOf(event),
        text === null ? null : `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`,
        after?.key ?? null,
        after?.webhookId ?? null,
        limit + 1,
        foundIds,
        shownIds,
      ],
    );
    return {
      positions: rows.flatMap(({ key: at, webhookId }) => (at === null ? [] : [{ key: at, webhookId }])),
      total: rows[0]?.total ?? 0,
    };
  }
}
