import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '@im/contracts/api/alerts';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let webhookId: string;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
  receiver.answerWith(500);
  ({ webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) }));
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

/** Lets deliveries fail, then evaluates the alerts. */
async function fail(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await app.deliver();
  await evaluated();
}

/** The alerts are up to date with the webhook's health. */
async function evaluated(): Promise<void> {
  await eventually(async () => {
    const rows = await service.database.query(
      'SELECT 1 FROM webhook_health WHERE webhook_id = $1 AND version = evaluated_version',
      [webhookId],
    );
    return rows.length === 1;
  });
}

function act(alert: Alert, action: 'acknowledge' | 'resolve') {
  return app.call('POST', `/alerts/${alert.alertId}/${action}`);
}

const failures = () => app.alerts('?rule=consecutive_failures');

describe('an alert', () => {
  it('is acknowledged once, then resolved once; everything else is a conflict', async () => {
    await fail(5);
    const [alert] = await failures();
    expect(alert).toMatchObject({ status: 'open', severity: 'warning', acknowledgedAt: null, webhookId });
    expect((await act(alert!, 'acknowledge')).body).toMatchObject({
      data: { status: 'acknowledged', acknowledgedBy: 'admin@example.com', resolvedAt: null },
    });
    expect((await act(alert!, 'acknowledge')).status).toBe(409);
    expect((await act(alert!, 'resolve')).body).toMatchObject({
      data: { status: 'resolved', acknowledgedBy: 'admin@example.com', resolvedBy: 'admin@example.com' },
    });
    for (const action of ['acknowledge', 'resolve'] as const) {
      const answer = await act(alert!, action);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'conflict' });
    }
  });

  it('does not open below five failures in a row', async () => {
    await fail(4);
    expect(await failures()).toEqual([]);
    receiver.answerWith(200);
    await app.deliver();
    receiver.answerWith(500);
    await fail(4);
    expect(await failures()).toEqual([]);
  });

  it('that was acknowledged goes on counting and escalates instead of multiplying', async () => {
    await fail(5);
    const [warning] = await failures();
    await act(warning!, 'acknowledge');
    await fail(5);
    expect(await failures()).toMatchObject([
      {
        alertId: warning!.alertId,
        severity: 'critical',
        status: 'acknowledged',
        detail: { consecutiveFailures: 10, lastResponseStatus: 500, lastErrorClass: 'server_error' },
      },
    ]);
  });

  it('that a person closed stays closed while the same failures go on, and comes back when it gets worse', async () => {
    await fail(5);
    const [warning] = await failures();
    await act(warning!, 'resolve');
    await fail(4);
    expect(await failures()).toMatchObject([{ alertId: warning!.alertId, status: 'resolved' }]);
    await fail(1);
    expect(await failures()).toMatchObject([
      { severity: 'critical', status: 'open' },
      { alertId: warning!.alertId, status: 'resolved', severity: 'warning' },
    ]);
    await act((await failures())[0]!, 'resolve');
    await fail(3);
    expect((await failures()).filter(({ status }) => status === 'open')).toEqual([]);
  });

  it('comes back after the webhook had recovered in between', async () => {
    await fail(5);
    await act((await failures())[0]!, 'resolve');
    receiver.answerWith(200);
    await app.deliver();
    receiver.answerWith(500);
    await fail(5);
    expect(await failures()).toMatchObject([{ status: 'open' }, { status: 'resolved' }]);
  });

  it('about a webhook that 410 disabled comes back when that happens again, even after a person closed it', async () => {
    receiver.answerWith(410);
    await fail(1);
    const first = await app.alert('webhook_disabled', { status: 'open' });
    await act(first, 'resolve');
    await app.changeWebhook(webhookId, { enabled: true });
    await evaluated();
    await fail(1);
    expect(await app.alerts('?rule=webhook_disabled')).toMatchObject([
      { status: 'open' },
      { alertId: first.alertId, status: 'resolved', resolvedBy: 'admin@example.com' },
    ]);
  });

  it('ends with its webhook', async () => {
    await fail(5);
    await app.call('DELETE', `/webhooks/${webhookId}`);
    await app.alert('consecutive_failures', { status: 'resolved', resolvedBy: 'system' });
    expect(await app.alerts('?status=open')).toEqual([]);
  });

  it('of another app does not exist', async () => {
    await fail(5);
    const [alert] = await failures();
    const other = await service.addApp();
    expect((await other.call('POST', `/alerts/${alert!.alertId}/resolve`)).status).toBe(404);
    expect(await other.alerts()).toEqual([]);
    expect((await app.call('POST', '/alerts/no-id/acknowledge')).status).toBe(404);
  });
});

it('the list of alerts is filtered', async () => {
  await fail(5);
  await act((await failures())[0]!, 'acknowledge');
  const rules = async (query: string) => (await app.alerts(query)).map(({ rule }) => rule);
  expect(await rules('?severity=warning')).toEqual(['consecutive_failures']);
  expect(await rules('?severity=critical')).toEqual(['delivery_exhausted']);
  expect(await rules('?status=acknowledged')).toEqual(['consecutive_failures']);
  expect(await rules(`?webhookId=${webhookId}&status=open`)).toEqual(['delivery_exhausted']);
  expect(await rules('?status=resolved')).toEqual([]);
  expect((await app.call('GET', '/alerts?status=closed')).status).toBe(422);
});
