/**
 * Claims pending deliveries for workers. A claim is a lease: `claimable_at` is moved ahead, and after a worker died,
 * its deliveries can be claimed again at that time. All times are PostgreSQL's, so no worker's clock matters.
 */
import { Injectable } from '@nestjs/common';
import type { DeliveryKind } from '@im/contracts/api/deliveries';
import { DataSource } from 'typeorm';
import { plainArray } from '../../../platform/database/array-parameters.js';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { REFUSALS } from '../domain/split-refused.js';
import { readDueWebhooks, type DueWebhook } from './due-webhooks.js';

/** A delivery as an attempt needs it. */
export interface PendingDelivery {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  webhookId: string;
  appId: string;
  event: string;
  kind: DeliveryKind;
  attempts: number;
  /** What the policy allows, and one more for each split. */
  maxAttempts: number;
  /** How many of its attempts were batches refused as a whole, which do not count. */
  splits: number;
  /** Its last attempt was refused for what it carried: it goes out alone. */
  wasRefused: boolean;
  /** The conversation whose order is kept, if one is. */
  orderedConversationId: string | null;
  /** The recovery that replays it; null: it is no replay. */
  recoveryId: string | null;
  occurredAt: Date;
  conversationId: string | null;
  /** The event's `data` as raw JSON text. */
  payload: string;
}

export interface ClaimedDelivery extends PendingDelivery {
  /** Distinguishes this claim from later ones; 0: never claimed. */
  claimNumber: number;
  /** A person asked for its next attempt: it goes out though its webhook is paused, disabled or its breaker open. */
  passesHolds: boolean;
  /** The version of the configuration at the claim; absent if no query was needed. */
  configVersion?: number;
  /** Milliseconds from the claim until its next attempt is due; not above 0: now. */
  dueInMs: number;
  /** Milliseconds from the claim until the lease ends. */
  leaseMs: number;
}

const COLUMNS = `
  c.delivery_id AS "deliveryId", c.callback_id AS "callbackId", c.event_id AS "eventId", c.webhook_id AS "webhookId",
  c.app_id AS "appId", c.event, c.kind, c.attempts, c.max_attempts AS "maxAttempts",
  c.splits, coalesce(c.response_status IN (${REFUSALS.join(', ')}), false) AS "wasRefused",
  c.conversation_id AS "orderedConversationId", c.recovery_id AS "recoveryId", e.occurred_at AS "occurredAt", e.conversation_id AS "conversationId",
  e.payload, c.claim_number AS "claimNumber", c.passes_holds AS "passesHolds", (SELECT version FROM config_version) AS "configVersion", (extract(epoch FROM c.next_attempt_at - now()) * 1000)::float8 AS "dueInMs",
  (extract(epoch FROM c.claimable_at - now()) * 1000)::float8 AS "leaseMs"`;

/** Before they are due only unclaimed rows: the lease of another worker lasts to its end. */
const IS_FREE = `claimable_at <= greatest(next_attempt_at, now())`;

/** Moves the lease of the rows in `due`, from now or from when they are due. */
const CLAIM = `
  claimed AS (
    UPDATE pending_deliveries p
    SET claimable_at = greatest(p.next_attempt_at, now()) + $1::integer * interval '1 millisecond',
      claim_number = claim_number + 1
    FROM due WHERE p.delivery_id = due.delivery_id RETURNING p.*
  )
  SELECT ${COLUMNS} FROM claimed c JOIN events e USING (event_id) ORDER BY c.next_attempt_at, c.delivery_id`;

const HINTED = new PreparedQuery<ClaimedDelivery>(
  `SELECT ${COLUMNS} FROM pending_deliveries c JOIN events e USING (event_id)
   WHERE c.delivery_id = ANY($1) AND c.conversation_id IS NULL AND c.claim_number = 0 AND c.claimable_at > now()
     AND c.claimable_at <= c.next_attempt_at + $2::integer * interval '1 millisecond'
   ORDER BY c.delivery_id`,
);

const CLAIM_OF_WEBHOOK = new PreparedQuery<ClaimedDelivery>(
  `WITH due AS (
         SELECT delivery_id FROM pending_deliveries
         WHERE webhook_id = $2 AND conversation_id IS NULL AND recovery_id IS NULL
           AND claimable_at <= now() + $4::integer * interval '1 millisecond'
           AND ${IS_FREE}
         ORDER BY claimable_at LIMIT $3 FOR UPDATE SKIP LOCKED
       ), ${CLAIM}`,
);

const CLAIM_HEADS = new PreparedQuery<ClaimedDelivery>(
  `WITH head AS (
         SELECT first.delivery_id
         FROM (SELECT DISTINCT * FROM unnest($2::uuid[], $3::text[]) AS t(webhook_id, conversation_id)) wanted
         CROSS JOIN LATERAL (
           SELECT delivery_id FROM pending_deliveries p
           WHERE p.webhook_id = wanted.webhook_id AND p.conversation_id = wanted.conversation_id
             AND p.recovery_id IS NULL
           ORDER BY accepted_seq LIMIT 1) first
       ), due AS (
         SELECT p.delivery_id FROM pending_deliveries p JOIN head USING (delivery_id)
         WHERE p.claimable_at <= now() + $4::integer * interval '1 millisecond' AND ${IS_FREE}
         ORDER BY p.next_attempt_at, p.delivery_id LIMIT $5 FOR UPDATE OF p SKIP LOCKED
       ), ${CLAIM}`,
);

/** What a person asked for, longest due first; with ordering, only heads of conversations. */
const CLAIM_PASSING = new PreparedQuery<ClaimedDelivery>(
  `WITH due AS (
         SELECT delivery_id FROM pending_deliveries p
         WHERE webhook_id = $2 AND passes_holds AND claimable_at <= now() AND ${IS_FREE}
           AND (conversation_id IS NULL OR NOT EXISTS (
             SELECT FROM pending_deliveries earlier
             WHERE earlier.webhook_id = p.webhook_id AND earlier.conversation_id = p.conversation_id
               AND earlier.accepted_seq < p.accepted_seq AND (earlier.recovery_id IS NULL) = (p.recovery_id IS NULL)))
           AND (recovery_id IS NULL OR EXISTS (
             SELECT FROM recoveries r WHERE r.recovery_id = p.recovery_id AND r.state = 'running'))
         ORDER BY claimable_at, accepted_seq LIMIT $3 FOR UPDATE OF p SKIP LOCKED
       ), ${CLAIM}`,
);

/** Nothing of a paused or ended recovery is claimed. Each conversation's replays keep their order. */
const CLAIM_REPLAYS = new PreparedQuery<ClaimedDelivery>(
  `WITH running AS (
         SELECT recovery_id FROM recoveries WHERE webhook_id = $2 AND state = 'running'
       ), due AS (
         SELECT p.delivery_id FROM pending_deliveries p
         WHERE p.recovery_id IN (SELECT recovery_id FROM running)
           AND p.claimable_at <= now() + $4::integer * interval '1 millisecond' AND ${IS_FREE}
           AND (p.conversation_id IS NULL OR NOT EXISTS (
             SELECT FROM pending_deliveries earlier
             WHERE earlier.webhook_id = p.webhook_id AND earlier.conversation_id = p.conversation_id
               AND earlier.accepted_seq < p.accepted_seq AND earlier.recovery_id IN (SELECT recovery_id FROM running)))
         ORDER BY p.claimable_at LIMIT $3 FOR UPDATE OF p SKIP LOCKED
       ), ${CLAIM}`,
);

/** Jumps in the index from one conversation to the next, so a conversation costs one look-up however much it has pending. */
const WAITING_CONVERSATIONS = new PreparedQuery<{ id: string }>(
  `WITH RECURSIVE hop AS (
         (SELECT conversation_id FROM pending_deliveries
          WHERE webhook_id = $1 AND conversation_id > $2 AND recovery_id IS NULL ORDER BY conversation_id LIMIT 1)
         UNION ALL
         SELECT next.conversation_id FROM hop CROSS JOIN LATERAL (
           SELECT conversation_id FROM pending_deliveries
           WHERE webhook_id = $1 AND conversation_id > hop.conversation_id AND recovery_id IS NULL ORDER BY conversation_id LIMIT 1) next
       ) SELECT conversation_id AS id FROM hop LIMIT $3`,
);

/**
 * The lease of a replay is renewed only while its recovery runs, unless a request carries it, so that a pause takes
 * effect at once.
 */
const RENEW = new PreparedQuery<{ id: string; configVersion: number }>(
  `WITH leased AS (
         SELECT p.delivery_id FROM pending_deliveries p
         JOIN unnest($1::uuid[], $2::integer[], $4::boolean[]) AS i(delivery_id, claim_number, is_kept)
           USING (delivery_id, claim_number)
         WHERE p.recovery_id IS NULL OR i.is_kept
           OR EXISTS (SELECT FROM recoveries r WHERE r.recovery_id = p.recovery_id AND r.state = 'running')
         ORDER BY p.delivery_id FOR UPDATE OF p
       ), renewed AS (
         UPDATE pending_deliveries p
         SET claimable_at = greatest(p.next_attempt_at, now()) + $3::integer * interval '1 millisecond'
         FROM leased WHERE p.delivery_id = leased.delivery_id RETURNING p.delivery_id
       ) SELECT delivery_id AS id, (SELECT version FROM config_version) AS "configVersion" FROM renewed`,
);

const ALONE = new PreparedQuery<unknown>(
  `(SELECT 1 FROM pending_deliveries
    WHERE webhook_id = $1 AND conversation_id IS NULL AND recovery_id IS NULL LIMIT 2)
   UNION ALL
   (SELECT 1 FROM pending_deliveries
    WHERE webhook_id = $1 AND conversation_id IS NOT NULL AND recovery_id IS NULL LIMIT 2)`,
);

@Injectable()
export class ClaimsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Claims what a hint names if it is unclaimed: its initial lease was neither moved by a claim nor renewed.
   *
   * @param bornLeaseMs as given when it was inserted
   */
  hinted(deliveryIds: readonly string[], bornLeaseMs: number): Promise<ClaimedDelivery[]> {
    return HINTED.run(this.dataSource, [deliveryIds, bornLeaseMs]);
  }

  /** Oldest first, those without an order to keep; no replays. @param aheadMs also what comes due within this time */
  claim(webhookId: string, limit: number, leaseMs: number, aheadMs: number): Promise<ClaimedDelivery[]> {
    return CLAIM_OF_WEBHOOK.run(this.dataSource, [leaseMs, webhookId, limit, aheadMs]);
  }

  /** Replays of the webhook's running recoveries, oldest first; of a conversation whose order is kept only the first. */
  claimReplays(
    webhookId: string,
    limit: number,
    leaseMs: number,
    aheadMs: number,
  ): Promise<ClaimedDelivery[]> {
    return CLAIM_REPLAYS.run(this.dataSource, [leaseMs, webhookId, limit, aheadMs]);
  }

  /** What a person asked for, replays too. */
  claimPassing(webhookId: string, limit: number, leaseMs: number): Promise<ClaimedDelivery[]> {
    return CLAIM_PASSING.run(this.dataSource, [leaseMs, webhookId, limit]);
  }

  /** The unclaimed heads of conversations; those due first, at most `limit`. */
  claimHeads(
    keys: readonly { webhookId: string; conversationId: string }[],
    leaseMs: number,
    aheadMs: number,
    limit = keys.length,
  ): Promise<ClaimedDelivery[]> {
    return CLAIM_HEADS.run(this.dataSource, [
      leaseMs,
      keys.map((key) => key.webhookId),
      keys.map((key) => key.conversationId),
      aheadMs,
      limit,
    ]);
  }

  /**
   * Conversations of a webhook that have something waiting, in a fixed order.
   *
   * @param after the last one of the call before
   */
  async waitingConversations(webhookId: string, after: string | null, limit: number): Promise<string[]> {
    const rows = await WAITING_CONVERSATIONS.run(this.dataSource, [webhookId, after ?? '', limit]);
    return rows.map((row) => row.id);
  }

  /** @param aheadMs also what comes due within this time */
  dueWebhooks(aheadMs: number): Promise<Map<string, DueWebhook>> {
    return readDueWebhooks(this.dataSource, aheadMs);
  }

  /**
   * Renews leases.
   *
   * @param claimNumbers as they were claimed
   * @param underWay which of them a request carries
   * @returns the renewed ones, each with the version of the configuration; not those that another worker claimed or
   * that have ended, nor replays without a request whose recovery does not run
   */
  async renew(
    deliveryIds: readonly string[],
    claimNumbers: readonly number[],
    underWay: readonly boolean[],
    leaseMs: number,
  ): Promise<Map<string, number>> {
    const leases = [plainArray(deliveryIds), plainArray(claimNumbers), leaseMs, plainArray(underWay)];
    const rows = await RENEW.run(this.dataSource, leases);
    return new Map(rows.map((row) => [row.id, row.configVersion]));
  }

  /** Releases deliveries that this worker will not attempt, so that any worker may claim them when they are due. */
  async release(deliveryIds: readonly string[], claimNumbers: readonly number[]): Promise<void> {
    await this.renew(deliveryIds, claimNumbers, Array<boolean>(deliveryIds.length).fill(true), 0);
  }

  /** Whether a single delivery waits for the webhook, not counting replays. */
  async isAlone(webhookId: string): Promise<boolean> {
    const rows = await ALONE.run(this.dataSource, [webhookId]);
    return rows.length === 1;
  }
}
