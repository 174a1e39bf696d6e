/** Masks callback URLs that earlier versions quoted whole, in alerts and in the audit log. */
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** A URL that a row quotes. */
interface QuotedUrl {
  id: string;
  url: string;
}

/** The tables that quote URLs of callbacks. */
export const QUOTED_IN = [
  { table: 'alerts', id: 'alert_id', field: 'webhookUrl', which: 'true' },
  { table: 'audit_entries', id: 'audit_id', field: 'url', which: `action LIKE 'webhook.%'` },
] as const;
type Quotes = (typeof QUOTED_IN)[number];

@Injectable()
export class QuotedUrlsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Masks a batch of the URLs that a table quotes.
   *
   * @returns the last id checked; null: there are no more
   */
  mask(
    quotes: Quotes,
    after: string | null,
    limit: number,
    mask: (url: string) => string,
  ): Promise<string | null> {
    return this.dataSource.transaction((manager) => maskIn(manager, quotes, { after, limit, mask }));
  }
}

async function maskIn(
  manager: EntityManager,
  { table, id, field, which }: Quotes,
  { after, limit, mask }: { after: string | null; limit: number; mask: (url: string) => string },
): Promise<string | null> {
  const quotes = await manager.query<QuotedUrl[]>(
    `SELECT ${id} AS id, detail->>'${field}' AS url FROM ${table}
     WHERE ${which} AND detail ? '${field}' AND ($1::uuid IS NULL OR ${id} > $1) ORDER BY ${id} LIMIT $2`,
    [after, limit],
  );
  const clear = quotes.filter(({ url }) => mask(url) !== url);
  if (clear.length > 0) {
    await manager.query(
      `UPDATE ${table} t SET detail = t.detail || jsonb_build_object('${field}', i.url)
       FROM unnest($1::uuid[], $2::text[]) AS i(id, url) WHERE t.${id} = i.id`,
      [clear.map((quote) => quote.id), clear.map(({ url }) => mask(url))],
    );
  }
  return quotes.length < limit ? null : (quotes.at(-1)?.id ?? null);
}
