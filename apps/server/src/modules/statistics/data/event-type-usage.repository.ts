/** Counts the webhooks of a tenant that want events, and the deliveries of these events. */
import { Injectable } from '@nestjs/common';
import type { EventSubscriber } from '@im/contracts/api/event-type-usage';
import { DataSource } from 'typeorm';
import { queryWithin } from '../../../platform/database/query-within.js';

const TIME_LIMIT_MS = 5_000;

/** An event with everything in a webhook's list that wants it: its name and its families, nearest first. */
export interface AskedEvent {
  event: string;
  patterns: readonly string[];
}

export interface EventUsage {
  subscribers: number;
  deliveriesLastDay: number;
}

export interface Subscribers {
  /** How many of all name the event itself. */
  naming: number;
  webhooks: EventSubscriber[];
}

interface SubscriberRow extends Omit<EventSubscriber, 'pattern'> {
  events: string[];
  naming: number;
}

// A webhook counts once, however many of its patterns want the event. Deliveries count by the hour, as in the list of
// apps, those of deleted webhooks too.
const COUNT = `
  WITH webhooks AS MATERIALIZED (
    SELECT w.webhook_id, w.events, w.deleted_at IS NULL AS is_live
    FROM webhook_configs w JOIN apps a USING (app_id) WHERE a.tenant_id = $1 AND a.deleted_at IS NULL
  ), asked AS (
    SELECT event, pattern FROM unnest($2::text[], $3::text[]) AS a(event, pattern)
  ), wanted AS (
    SELECT event, count(DISTINCT webhook_id) AS subscribers
    FROM webhooks CROSS JOIN LATERAL unnest(events) AS e(pattern) JOIN asked USING (pattern)
    WHERE is_live GROUP BY event
  ), delivered AS (
    SELECT event, sum(total) AS total FROM (
      SELECT c.event, c.total FROM webhooks w CROSS JOIN LATERAL (
        SELECT event, total FROM delivery_counts
        WHERE webhook_id = w.webhook_id AND grain_minutes = 60 AND bucket_at > $4 OFFSET 0
      ) AS c
      UNION ALL
      SELECT d.event, d.total FROM count_deltas d JOIN webhooks USING (webhook_id) WHERE d.bucket_at > $4
    ) AS counted GROUP BY event
  )
  SELECT event, coalesce(subscribers, 0)
      + (SELECT count(*) FROM webhooks WHERE is_live AND cardinality(events) = 0) AS subscribers,
    coalesce(total, 0)::bigint AS "deliveriesLastDay"
  FROM (SELECT DISTINCT event FROM asked) AS names LEFT JOIN wanted USING (event) LEFT JOIN delivered USING (event)`;

const SUBSCRIBERS = `
  SELECT a.app_key AS "appKey", a.name AS "appName", w.webhook_id AS "webhookId", w.name, w.is_enabled AS enabled,
    w.events, count(*) FILTER (WHERE $3 = ANY(w.events)) OVER ()::int AS naming
  FROM webhook_configs w JOIN apps a USING (app_id)
  WHERE a.tenant_id = $1 AND a.deleted_at IS NULL AND w.deleted_at IS NULL
    AND (cardinality(w.events) = 0 OR w.events && $2::text[])
  ORDER BY $3 = ANY(w.events) DESC, a.app_id, w.webhook_id LIMIT $4`;

@Injectable()
export class EventTypeUsageRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** By the event. @throws DomainError `search_too_broad` when it takes too long */
  async count(tenantId: string, asked: readonly AskedEvent[], since: Date): Promise<Map<string, EventUsage>> {
    const pairs = asked.flatMap(({ event, patterns }) => patterns.map((pattern) => ({ event, pattern })));
    const rows = await queryWithin<EventUsage & { event: string }>(this.dataSource, TIME_LIMIT_MS, COUNT, [
      tenantId,
      pairs.map(({ event }) => event),
      pairs.map(({ pattern }) => pattern),
      since.toISOString(),
    ]);
    return new Map(rows.map(({ event, ...usage }) => [event, usage]));
  }

  /** The first ones; those that name the event come first. */
  async subscribersOf(
    tenantId: string,
    { event, patterns }: AskedEvent,
    limit: number,
  ): Promise<Subscribers> {
    const rows = await this.dataSource.query<SubscriberRow[]>(SUBSCRIBERS, [
      tenantId,
      patterns,
      event,
      limit,
    ]);
    return {
      naming: rows[0]?.naming ?? 0,
      webhooks: rows.map(({ events, naming: _, ...webhook }) => ({
        ...webhook,
        pattern: patterns.find((pattern) => events.includes(pattern)) ?? null,
      })),
    };
  }
}
