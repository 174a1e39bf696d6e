import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { addAppRow, openTestDataSource, type TestDataSource } from '../../../testing/data-source.js';
import { AlertNoticesRepository } from './alert-notices.repository.js';
import { AlertsRepository } from './alerts.repository.js';

let test: TestDataSource;
let alerts: AlertsRepository;
let appId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  alerts = new AlertsRepository(test.dataSource, new AlertNoticesRepository());
});

beforeEach(async () => {
  appId = await addAppRow(test);
});

afterAll(async () => {
  await test.close();
});

const at = (hour: number) => new Date(Date.UTC(2030, 5, 15, hour));

async function addAlert(openedHour: number, resolvedHour: number | null = null): Promise<string> {
  const alertId = uuidV7();
  await test.query(
    `INSERT INTO alerts (alert_id, app_id, rule, severity, status, detail, opened_at, resolved_at, resolved_by)
     VALUES ($1, $2, 'slow', 'warning', $3, '{"webhookName": "Chat", "webhookUrl": ""}', $4, $5, $6)`,
    [
      ...[alertId, appId, resolvedHour === null ? 'open' : 'resolved', at(openedHour)],
      ...[resolvedHour === null ? null : at(resolvedHour), resolvedHour === null ? null : 'system'],
    ],
  );
  return alertId;
}

const ofSpan = async (from: number, to: number, limit = 10) =>
  (await alerts.ofSpan(appId, at(from), at(to), limit)).map(({ alertId }) => alertId);

it('the alerts of a span opened or were resolved in it', async () => {
  const before = await addAlert(1, 2);
  const resolvedInIt = await addAlert(1, 5);
  const both = await addAlert(4, 5);
  const openedInIt = await addAlert(4, 9);
  expect(await ofSpan(4, 6)).toEqual([resolvedInIt, both, openedInIt]);
  expect(await ofSpan(1, 4)).toEqual([before, resolvedInIt]);
  expect(await ofSpan(6, 9)).toEqual([]);
});

it('the newest of a span are those whose step is the newest, however long ago they opened', async () => {
  const resolvedLast = await addAlert(1, 9);
  await addAlert(2, 3);
  await addAlert(3, 4);
  const openedLast = await addAlert(8);
  expect(await ofSpan(0, 10, 1)).toEqual([resolvedLast, openedLast]);
});
