import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { AddWebhookRevisions1763733600000 } from './1763733600000-add-webhook-revisions.js';

let test: TestDataSource;

beforeAll(async () => {
  test = await openTestDataSource();
});

afterAll(async () => {
  await test.close();
});

it('webhooks that were there before get a first revision, deleted ones a second, without a readable credential', async () => {
  const migration = new AddWebhookRevisions1763733600000();
  const runner = test.dataSource.createQueryRunner();
  await migration.down(runner);
  const appId = await addAppRow(test);
  const headers = { Authorization: 'Bearer 0123456789', 'X-Token': 'abc', 'X-Tenant': 'north', 'X-Key': '' };
  const [live, gone] = [await addWebhookRow(test, appId), await addWebhookRow(test, appId)];
  await test.query('UPDATE webhook_configs SET headers = $1, created_by = $2', [headers, 'li@example.com']);
  await test.query('UPDATE webhook_configs SET deleted_at = now() WHERE webhook_id = $1', [gone]);
  await runner.startTransaction();
  await migration.up(runner);
  await runner.commitTransaction();
  await runner.release();

  const masked = { Authorization: 'Bear****', 'X-Token': '****', 'X-Tenant': 'north', 'X-Key': '' };
  const rows = await test.query(
    `SELECT r.webhook_id AS id, r.revision, r.kind, r.revised_by AS by, r.settings->'headers' AS headers,
       r.revised_at = coalesce(CASE r.kind WHEN 'deleted' THEN w.deleted_at END, w.created_at) AS "isInTime",
       w.revision AS current
     FROM webhook_revisions r JOIN webhook_configs w USING (webhook_id) ORDER BY r.webhook_id, r.revision`,
  );
  const found = { revision: 1, kind: 'found', by: 'li@example.com', headers: masked, isInTime: true };
  expect(rows).toEqual([
    { id: live, ...found, current: 1 },
    { id: gone, ...found, current: 2 },
    { id: gone, revision: 2, kind: 'deleted', by: 'system', headers: masked, isInTime: true, current: 2 },
  ]);
});
