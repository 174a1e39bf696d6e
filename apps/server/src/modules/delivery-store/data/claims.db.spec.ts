import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { ClaimsRepository } from './claims.repository.js';

const LEASE_MS = 60_000;

let test: TestDataSource;
let claims: ClaimsRepository;
let webhookId: string;
let recoveryId: string;
let live: string;
let replay: string;

beforeAll(async () => {
  test = await openTestDataSource();
  claims = new ClaimsRepository(test.dataSource);
});

beforeEach(async () => {
  const appId = await addAppRow(test);
  webhookId = await addWebhookRow(test, appId);
  recoveryId = uuidV7();
  await test.query(
    `INSERT INTO recoveries (recovery_id, webhook_id, app_id, status_filter, events, from_at, to_at, rate_per_second,
       state, cursor_id, end_id, created_by)
     VALUES ($1, $2, $3, 'failed', '{}', now(), now(), 10, 'running', $1, $1, 'test')`,
    [recoveryId, webhookId, appId],
  );
  [live, replay] = [await addLeased(appId, null), await addLeased(appId, recoveryId)];
});

afterAll(async () => {
  await test.close();
});

/** @returns the id of a delivery that a worker has claimed */
async function addLeased(appId: string, ofRecoveryId: string | null): Promise<string> {
  const deliveryId = uuidV7();
  await test.query(
    `INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, max_attempts,
       next_attempt_at, claimable_at, claim_number, recovery_id, created_at)
     VALUES ($1, $1, $1, $2, $3, 'message.sent', 'event', 3, now(), now() + interval '1 second', 1, $4, now())`,
    [deliveryId, webhookId, appId, ofRecoveryId],
  );
  return deliveryId;
}

async function renewed(underWay: boolean): Promise<string[]> {
  const kept = await claims.renew([live, replay], [1, 1], [underWay, underWay], LEASE_MS);
  return [...kept.keys()].sort();
}

describe('a lease of a replay is renewed', () => {
  it('while its recovery runs, like any other', async () => {
    expect(await renewed(false)).toEqual([live, replay].sort());
  });

  it.each(['paused', 'canceled', 'failed'])(
    'not once it is %s, so that it does not go out',
    async (state) => {
      await test.query('UPDATE recoveries SET state = $2 WHERE recovery_id = $1', [recoveryId, state]);
      expect(await renewed(false)).toEqual([live]);
    },
  );

  it('for as long as a request carries it, so that no other worker sends it too', async () => {
    await test.query(`UPDATE recoveries SET state = 'paused' WHERE recovery_id = $1`, [recoveryId]);
    expect(await renewed(true)).toEqual([live, replay].sort());
  });
});

it('a replay of a paused recovery is released anyway', async () => {
  await test.query(`UPDATE recoveries SET state = 'paused' WHERE recovery_id = $1`, [recoveryId]);
  await claims.release([replay], [1]);
  const isFree = 'SELECT 1 FROM pending_deliveries WHERE delivery_id = $1 AND claimable_at <= now()';
  expect(await test.query(isFree, [replay])).toHaveLength(1);
});
