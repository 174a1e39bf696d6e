import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ALERT_RULES, type AlertSettings } from '@im/contracts/api/alert-rules';
import type { Alert, AlertWithSteps } from '@im/contracts/api/alerts';
import type { Problem } from '@im/contracts/problem';
import { fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
});

afterAll(async () => {
  await service.stop();
});

const settings = () => service.admin.data<AlertSettings>('GET', `${app.base}/alert-rules`);
const put = (body: unknown) => app.call('PUT', '/alert-rules', { body });

async function change(body: unknown): Promise<AlertSettings> {
  const answer = await put(body);
  expect(answer.status).toBe(200);
  return (answer.body as { data: AlertSettings }).data;
}

async function faultsOf(body: unknown): Promise<[pointer: string, code: string][]> {
  const answer = await put(body);
  expect(answer.status).toBe(422);
  return (answer.body as Problem).errors!.map(({ pointer, code }) => [pointer, code]);
}

describe('the alert rules of an app', () => {
  it('are the defaults until they are changed', async () => {
    expect(await settings()).toEqual({
      rules: DEFAULT_ALERT_RULES,
      renotifyAfterMinutes: 60,
      quietHours: null,
      updatedAt: null,
      updatedBy: null,
    });
  });

  it('change field by field, and are written into the audit log', async () => {
    await change({ rules: { slow: { warningMs: 800 } }, renotifyAfterMinutes: 15 });
    const changed = await change({
      rules: { slow: { criticalMs: null }, source_silent: { enabled: true } },
      quietHours: { timeZone: 'Asia/Shanghai', from: '22:00', to: '08:00' },
    });
    expect(changed).toMatchObject({
      rules: {
        ...DEFAULT_ALERT_RULES,
        slow: { ...DEFAULT_ALERT_RULES.slow, warningMs: 800, criticalMs: null },
        source_silent: { ...DEFAULT_ALERT_RULES.source_silent, enabled: true },
      },
      renotifyAfterMinutes: 15,
      quietHours: {
        from: '22:00',
        to: '08:00',
        allowCritical: true,
        days: expect.arrayContaining(['mon', 'sun']) as unknown,
      },
      updatedBy: 'admin@example.com',
    });
    expect(await settings()).toEqual(changed);
    expect((await change({ quietHours: null })).quietHours).toBeNull();
    expect(await change({})).toMatchObject({ renotifyAfterMinutes: 15, quietHours: null });
    const entries = await service.admin.data<{ detail: object }[]>(
      'GET',
      `/audit-log?action=alert_rules.updated&appKey=${app.appKey}`,
    );
    expect(entries.map(({ detail }) => detail)).toEqual([
      { changedFields: ['quietHours'] },
      { changedFields: ['rules.slow.criticalMs', 'rules.source_silent.enabled', 'quietHours'] },
      { changedFields: ['rules.slow.warningMs', 'renotifyAfterMinutes'] },
    ]);
  });

  it.each<[unknown, [string, string][]]>([
    [{ rules: { slow: { warningMs: 0 } } }, [['/rules/slow/warningMs', 'too_small']]],
    [{ rules: { slow: { warningMs: 60_001 } } }, [['/rules/slow/warningMs', 'too_big']]],
    [{ rules: { slow: { warningMs: 1.5 } } }, [['/rules/slow/warningMs', 'invalid_type']]],
    [{ rules: { slow: { warningMs: null } } }, [['/rules/slow/warningMs', 'invalid_type']]],
    [{ rules: { success_rate: { windowMinutes: 121 } } }, [['/rules/success_rate/windowMinutes', 'too_big']]],
    [
      { rules: { success_rate: { warningPercent: 100.1 } } },
      [['/rules/success_rate/warningPercent', 'too_big']],
    ],
    [{ rules: { backlog: { windowMinutes: 5 } } }, [['/rules/backlog/windowMinutes', 'unknown_field']]],
    [{ rules: { backlog: null } }, [['/rules/backlog', 'invalid_type']]],
    [{ rules: { fast: {} } }, [['/rules/fast', 'unknown_field']]],
    [
      { rules: { source_silent: { warningMinutes: 241 } } },
      [['/rules/source_silent/warningMinutes', 'invalid_value']],
    ],
    [{ rule: {} }, [['/rule', 'unknown_field']]],
    [{ rules: { backlog: { criticalMinutes: 9 } } }, [['/rules/backlog/criticalMinutes', 'invalid_value']]],
    [
      { rules: { success_rate: { criticalPercent: 96 } } },
      [['/rules/success_rate/criticalPercent', 'invalid_value']],
    ],
    [{ renotifyAfterMinutes: 4 }, [['/renotifyAfterMinutes', 'invalid_value']]],
    [{ renotifyAfterMinutes: -1 }, [['/renotifyAfterMinutes', 'too_small']]],
    [
      { quietHours: { timeZone: 'Mars/Olympus', from: '24:00', to: '8:00' } },
      [
        ['/quietHours/timeZone', 'invalid_value'],
        ['/quietHours/from', 'invalid_format'],
        ['/quietHours/to', 'invalid_format'],
      ],
    ],
    [{ quietHours: { timeZone: 'UTC', from: '08:00', to: '08:00' } }, [['/quietHours/to', 'invalid_value']]],
    [
      { quietHours: { timeZone: 'UTC', from: '08:00', to: '09:00', days: [] } },
      [['/quietHours/days', 'too_small']],
    ],
    [
      { quietHours: { timeZone: 'UTC', from: '08:00', to: '09:00', days: ['mon', 'mon'] } },
      [['/quietHours/days', 'invalid_value']],
    ],
    [
      { quietHours: { timeZone: 'U\u0000C', from: '08:00' } },
      [
        ['/quietHours/timeZone', 'invalid_value'],
        ['/quietHours/to', 'required'],
      ],
    ],
  ])('are refused as %j', async (body, faults) => {
    const before = await settings();
    expect(await faultsOf(body)).toEqual(faults);
    expect(await settings()).toEqual(before);
  });

  it('of another tenant do not exist, for any request', async () => {
    const stranger = await addTenant(service, `stranger-${app.appKey}@example.com`);
    for (const method of ['GET', 'PUT'] as const) {
      const body = method === 'PUT' ? { body: { rules: 1 } } : {};
      expect((await stranger.admin.call(method, `${app.base}/alert-rules`, body)).status).toBe(404);
    }
  });

  it('keep both of two changes that come at once', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        change({ rules: index % 2 ? { slow: { minAttempts: 7 } } : { backlog: { warningMinutes: 3 } } }),
      ),
    );
    expect((await settings()).rules).toMatchObject({
      slow: { minAttempts: 7 },
      backlog: { warningMinutes: 3 },
    });
  });
});

describe('a change of the rules', () => {
  let receiver: CallbackReceiver;

  beforeEach(async () => {
    receiver = await CallbackReceiver.start(app.appSecret);
    receiver.answerWith(500);
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  });

  afterEach(async () => {
    await receiver.stop();
  });

  it('takes effect at once: it opens, escalates and resolves by the new thresholds', async () => {
    await app.deliver();
    await app.deliver();
    await change({ rules: { consecutive_failures: { warning: 2 } } });
    const alert = await app.alert('consecutive_failures', { status: 'open', severity: 'warning' });
    expect(alert.detail).toMatchObject({ consecutiveFailures: 2, threshold: 2 });
    await change({ rules: { consecutive_failures: { critical: 2 } } });
    await app.alert('consecutive_failures', { alertId: alert.alertId, severity: 'critical' });
    await change({
      rules: { consecutive_failures: { enabled: false }, delivery_exhausted: { enabled: false } },
    });
    await app.alert('consecutive_failures', {
      alertId: alert.alertId,
      status: 'resolved',
      resolvedBy: 'system',
    });
    await app.alert('delivery_exhausted', { status: 'resolved' });
    expect(await app.alerts('?status=open')).toEqual([]);
  });

  it('shows in the history of an alert, with the figures of each step', async () => {
    await change({ rules: { consecutive_failures: { warning: 1, critical: 2 } } });
    await app.deliver();
    const opened = await app.alert('consecutive_failures', { status: 'open' });
    await app.call('POST', `/alerts/${opened.alertId}/acknowledge`);
    await app.deliver();
    await app.alert('consecutive_failures', { severity: 'critical' });
    await app.call('POST', `/alerts/${opened.alertId}/resolve`);
    const shown = await service.admin.data<AlertWithSteps>('GET', `${app.base}/alerts/${opened.alertId}`);
    expect(shown).toMatchObject({ alertId: opened.alertId, rule: 'consecutive_failures', deliveries: {} });
    const steps = shown.steps.map(({ kind, by, severity, detail }) => [
      kind,
      by,
      severity,
      detail?.consecutiveFailures,
    ]);
    expect(steps).toEqual([
      ['opened', null, 'warning', 1],
      ['acknowledged', 'admin@example.com', null, undefined],
      ['escalated', null, 'critical', 2],
      ['resolved', 'admin@example.com', 'critical', 2],
    ]);
  });
});

it('an alert of another app or tenant does not exist', async () => {
  const receiver = await CallbackReceiver.start();
  receiver.answerWith(500);
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  await app.deliver();
  await receiver.stop();
  const { alertId } = await app.alert('delivery_exhausted', {});
  const found = await app.call('GET', `/alerts/${alertId}`);
  expect((found.body as { data: Alert }).data.deliveries).toEqual({ status: 'failed' });
  const other = await service.addApp();
  expect((await other.call('GET', `/alerts/${alertId}`)).status).toBe(404);
  expect((await app.call('GET', '/alerts/nonsense')).status).toBe(404);
  const stranger = await addTenant(service, 'stranger@example.com');
  expect((await stranger.admin.call('GET', `${app.base}/alerts/${alertId}`)).status).toBe(404);
});
