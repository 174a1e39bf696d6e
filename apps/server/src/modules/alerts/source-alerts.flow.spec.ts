import type { Alert, AlertRule } from '@im/contracts/api/alerts';
import type { NotificationChannel } from '@im/contracts/api/notification-channels';
import type { Source } from '@im/contracts/api/sources';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from '../../platform/clock/clock.js';
import { eventually, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { Channels } from '../../testing/channels.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { RunAlertRoundService } from './run-alert-round.service.js';

const MINUTE_MS = 60_000;

let service: TestService;
let channels: Channels;
let app: AppUnderTest;
let source: Source;
/** Of notifications. */
let platform: CallbackReceiver;
let channel: NotificationChannel;
let movedMs = 0;

beforeAll(async () => {
  service = await startTestService({ PUBLIC_URL: 'https://console.example/' });
  channels = new Channels(service.admin);
  vi.spyOn(service.app.get(Clock), 'nowMs').mockImplementation(() => Date.now() + movedMs);
});

beforeEach(async () => {
  platform = await CallbackReceiver.start('channel-secret');
  platform.answerWith(200, {}, '{"errcode":0}');
  app = await service.addApp();
  const rules: AlertRule[] = ['source_silent', 'source_rejecting'];
  channel = await channels.add({ kind: 'wecom', name: 'Ops', url: platform.url, rules });
  source = await addSource('Main');
});

afterEach(async () => {
  await service.database.query('DELETE FROM notification_channels');
  await platform.stop();
});

afterAll(() => service.stop());

/** As an IM server would. */
async function send(body: string, to = source): Promise<void> {
  const url = to.url.replace(/^https?:\/\/[^/]+/, service.url);
  const answer = await fetch(`${url}?event=user.onlinestatus`, { method: 'POST', body });
  expect(answer.status).toBe(200);
}

/** Requests are counted shortly after they came. */
async function counted(outcome: 'accepted' | 'notUnderstood', total: number, of = source): Promise<void> {
  await eventually(async () => {
    const { counters } = await service.admin.data<Source>('GET', `${app.base}/sources/${of.sourceId}`);
    return counters[outcome] >= total;
  });
}

function addSource(name: string): Promise<Source> {
  const body = { kind: 'wukongim', name };
  return service.admin.data<Source>('POST', `${app.base}/sources`, { body });
}

/** Moves the clock on and runs a round. */
async function later(minutes: number): Promise<void> {
  movedMs += minutes * MINUTE_MS;
  await service.app.get(RunAlertRoundService).run();
}

const setRules = (rules: object) => app.call('PUT', '/alert-rules', { body: { rules } });
const alertsOf = (rule: AlertRule) => app.alerts(`?rule=${rule}&sourceId=${source.sourceId}`);
const titles = () =>
  platform.callbacks.map(
    ({ text }) => (JSON.parse(text) as { markdown: { content: string } }).markdown.content,
  );

describe('a source that falls silent', () => {
  it('has one alert, notified once, which ends with the next request', async () => {
    await setRules({ source_silent: { enabled: true, warningMinutes: 5, criticalMinutes: null } });
    await send('["u1-0-1-1001-1-1"]');
    await counted('accepted', 1);
    await later(7);
    const opened = await app.alert('source_silent', { status: 'open', severity: 'warning' });
    expect(opened).toMatchObject({
      webhookId: null,
      sourceId: source.sourceId,
      detail: { sourceName: 'Main', sourceKind: 'wukongim', threshold: 5 },
      deliveries: {},
    });
    await channels.logged(channel, { kind: 'opened', status: 'sent' });
    await later(2);
    await eventually(async () => ((await alertsOf('source_silent'))[0]?.detail.silentMinutes ?? 0) >= 9);
    await send('["u1-0-0-1001-0-0"]');
    await counted('accepted', 2);
    await later(1);
    await app.alert('source_silent', { alertId: opened.alertId, status: 'resolved', resolvedBy: 'system' });
    const [logged] = await channels.logged(channel, { kind: 'resolved', status: 'sent' });
    expect(logged).toMatchObject({ rule: 'source_silent', sourceName: 'Main', webhookName: null });
    expect(titles()).toHaveLength(2);
    expect(titles()[0]).toContain('告警触发（警告）：Chat / Main');
    expect(titles()[0]).toContain(`(https://console.example/apps/${app.appKey}/sources/${source.sourceId})`);
    expect(titles()[1]).toContain('告警恢复：Chat / Main');
    expect(await alertsOf('source_silent')).toHaveLength(1);
  });

  it('has none while it is paused, nor soon after', async () => {
    await setRules({ source_silent: { enabled: true, warningMinutes: 5, criticalMinutes: null } });
    await send('["u1-0-1-1001-1-1"]');
    await counted('accepted', 1);
    await later(7);
    await app.alert('source_silent', { status: 'open' });
    await pause(true);
    await later(1);
    await app.alert('source_silent', { status: 'resolved' });
    await later(60);
    await pause(false);
    // The round that opens this one's alert has looked at all silences.
    const other = await addSource('Other');
    await send('nonsense', other);
    await counted('notUnderstood', 1, other);
    await later(1);
    await app.alert('source_rejecting', { status: 'open', sourceId: other.sourceId });
    expect(await alertsOf('source_silent')).toHaveLength(1);
  });

  function pause(isPaused: boolean) {
    return app.call('PATCH', `/sources/${source.sourceId}`, { body: { enabled: !isPaused } });
  }
});

describe('a source whose requests are not understood', () => {
  it('has an alert with the figures, which ends when they have been fine for a while', async () => {
    await setRules({ source_rejecting: { warning: 2, critical: 3, windowMinutes: 5 } });
    await send('nonsense');
    await send('nonsense');
    await send('["u1-0-1-1001-1-1"]');
    await counted('notUnderstood', 2);
    await later(1);
    const opened: Alert = await app.alert('source_rejecting', { status: 'open', severity: 'warning' });
    expect(opened.detail).toMatchObject({
      ...{ sourceName: 'Main', windowMinutes: 5, threshold: 2 },
      ...{ requests: 3, notUnderstoodRequests: 2, rejectedRequests: 0, failedRequests: 0 },
    });
    await send('nonsense');
    await counted('notUnderstood', 3);
    await later(1);
    await app.alert('source_rejecting', { alertId: opened.alertId, severity: 'critical' });
    await later(7);
    await eventually(async () => {
      const query = 'SELECT 1 FROM alerts WHERE alert_id = $1 AND clear_since IS NOT NULL';
      return (await service.database.query(query, [opened.alertId])).length === 1;
    });
    await later(6);
    await app.alert('source_rejecting', { alertId: opened.alertId, status: 'resolved' });
    expect(await alertsOf('source_rejecting')).toHaveLength(1);
  });

  it('has none left once it is deleted', async () => {
    await send('nonsense');
    await counted('notUnderstood', 1);
    await later(1);
    const opened = await app.alert('source_rejecting', { status: 'open' });
    await app.call('DELETE', `/sources/${source.sourceId}`);
    await later(1);
    await app.alert('source_rejecting', { alertId: opened.alertId, status: 'resolved' });
    expect(await app.alerts('?status=open')).toEqual([]);
  });
});
