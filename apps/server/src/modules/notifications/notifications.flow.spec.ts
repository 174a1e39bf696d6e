import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '@im/contracts/api/alerts';
import type { CreateChannelRequest } from '@im/contracts/api/notification-channels';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { addNotices, Channels, makeNotificationsDue } from '../../testing/channels.js';
import { MailServer } from '../../testing/mail-server.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const OK = '{"errcode":0,"errmsg":"ok","code":0}';

let service: TestService;
let channels: Channels;
let app: AppUnderTest;
/** Of callbacks, and it fails. */
let receiver: CallbackReceiver;
/** Of notifications. */
let platform: CallbackReceiver;
let webhookId: string;

beforeAll(async () => {
  service = await startTestService({ PUBLIC_URL: 'https://console.example/' });
  channels = new Channels(service.admin);
});

beforeEach(async () => {
  await service.database.query('DELETE FROM notification_channels');
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
  receiver.answerWith(500);
  platform = await CallbackReceiver.start('channel-secret');
  platform.answerWith(200, {}, OK);
  ({ webhookId } = await app.addWebhook(receiver.url, { name: 'Orders', retryPolicy: fixedRetry(1) }));
});

afterEach(async () => {
  await Promise.all([receiver.stop(), platform.stop()]);
});

afterAll(async () => {
  await service.stop();
});

/** @returns the alert after five failures in a row */
async function failFiveTimes(): Promise<Alert> {
  for (let i = 0; i < 5; i += 1) await app.deliver();
  return app.alert('consecutive_failures', {});
}

/** Only the rule about failures in a row, so that there is one alert. */
function add(channel: Partial<CreateChannelRequest> & Pick<CreateChannelRequest, 'kind'>) {
  const common = { name: 'Ops', url: platform.url, rules: ['consecutive_failures'] };
  return channels.add({ ...common, ...channel } as CreateChannelRequest);
}

const bodies = () => platform.callbacks.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
const openedAndSent = { kind: 'opened', status: 'sent' } as const;

describe('an alert is notified', () => {
  it('when it opens and when it is over, and the log says so', async () => {
    const channel = await add({ kind: 'wecom' });
    const alert = await failFiveTimes();
    const [opened] = await channels.logged(channel, openedAndSent);
    expect(opened).toMatchObject({
      alertId: alert.alertId,
      appKey: app.appKey,
      rule: 'consecutive_failures',
      webhookName: 'Orders',
      severity: 'warning',
      alerts: 1,
      attempts: 1,
      maxAttempts: 6,
      responseStatus: 200,
      responseBody: OK,
      errorMessage: null,
      nextAttemptAt: null,
    });
    receiver.answerWith(200);
    await app.deliver();
    await channels.logged(channel, { kind: 'resolved', status: 'sent' });
    const texts = bodies().map((body) => (body as { markdown: { content: string } }).markdown.content);
    expect(texts[0]).toContain('告警触发（警告）：Chat / Orders');
    expect(texts[0]).toContain('HTTP 500, 接收方内部错误');
    expect(texts[0]).toContain(
      `(https://console.example/apps/${app.appKey}/im-webhook-alerts?webhookId=${webhookId})`,
    );
    expect(texts[1]).toContain('告警恢复：Chat / Orders');
    expect(await channels.get(channel)).toMatchObject({
      lastNotification: { status: 'sent', errorMessage: null },
    });
  });

  it('on DingTalk, signed', async () => {
    const channel = await add({ kind: 'dingtalk', url: `${platform.url}?access_token=t`, secret: 'SECone' });
    const before = Date.now();
    await failFiveTimes();
    await channels.logged(channel, openedAndSent);
    const query = new URL(platform.callbacks[0]!.path, platform.url).searchParams;
    const signed = `${query.get('timestamp')}\nSECone`;
    expect(query.get('access_token')).toBe('t');
    expect(query.get('sign')).toBe(createHmac('sha256', 'SECone').update(signed).digest('base64'));
    const timestamp = Number(query.get('timestamp'));
    expect(timestamp).toBeGreaterThanOrEqual(before);
    expect(timestamp).toBeLessThanOrEqual(Date.now());
    expect(bodies()[0]).toMatchObject({
      msgtype: 'markdown',
      markdown: { title: '告警触发（警告）：Chat / Orders' },
    });
  });

  it('on Feishu, signed', async () => {
    const channel = await add({ kind: 'feishu', secret: 'feishu secret', language: 'en' });
    await failFiveTimes();
    await channels.logged(channel, openedAndSent);
    const { timestamp, sign, msg_type, card } = bodies()[0] as Record<string, string>;
    expect(sign).toBe(createHmac('sha256', `${timestamp}\nfeishu secret`).update('').digest('base64'));
    expect(msg_type).toBe('interactive');
    expect(card).toMatchObject({ header: { title: { content: 'Alert opened (warning): Chat / Orders' } } });
  });

  it('on Slack', async () => {
    platform.answerWith(200, {}, 'ok');
    const channel = await add({ kind: 'slack', language: 'en' });
    await failFiveTimes();
    await channels.logged(channel, openedAndSent);
    expect(bodies()[0]).toMatchObject({ text: 'Alert opened (warning): Chat / Orders' });
  });

  it('on a webhook, signed with the channel’s own secret', async () => {
    const channel = await add({ kind: 'webhook', secret: 'channel-secret' });
    const alert = await failFiveTimes();
    const [logged] = await channels.logged(channel, openedAndSent);
    expect(platform.callbacks[0]?.isSignatureValid).toBe(true);
    expect(bodies()[0]).toMatchObject({
      type: 'alerts',
      notifications: [
        {
          notificationId: logged?.notificationId,
          kind: 'opened',
          appKey: app.appKey,
          alerts: [{ alertId: alert.alertId, webhookId, detail: { consecutiveFailures: 5 } }],
        },
      ],
    });
    expect(platform.callbacks[0]?.text).not.toContain(receiver.url);
  });

  it('by mail', async () => {
    const mailServer = await MailServer.start();
    const email = {
      host: '127.0.0.1',
      port: mailServer.port,
      security: 'none' as const,
      from: 'alerts@example.com',
      to: ['ops@example.com'],
    };
    const channel = await channels.add({
      kind: 'email',
      name: 'Mail',
      language: 'en',
      email,
      rules: ['consecutive_failures'],
    });
    await failFiveTimes();
    expect(await channels.logged(channel, openedAndSent)).toMatchObject([{ responseStatus: 250 }]);
    expect(mailServer.mails[0]?.raw).toContain('Subject: Alert opened (warning): Chat / Orders');
    await mailServer.stop();
  });
});

describe('a channel gets nothing', () => {
  it('of other apps, other rules, lesser alerts, nor anything while it is disabled', async () => {
    const other = await service.addApp();
    const deaf = await Promise.all([
      add({ kind: 'slack', appKeys: [other.appKey] }),
      add({ kind: 'slack', rules: ['webhook_disabled'] }),
      add({ kind: 'slack', minSeverity: 'critical' }),
      add({ kind: 'slack', enabled: false }),
    ]);
    const listening = await add({ kind: 'slack', appKeys: [other.appKey, app.appKey] });
    await failFiveTimes();
    await channels.logged(listening, openedAndSent);
    for (const channel of deaf) expect(await channels.log(channel)).toEqual([]);
    await failFiveTimes();
    const [, , critical] = deaf;
    expect(await channels.logged(critical, { kind: 'escalated' })).toMatchObject([{ severity: 'critical' }]);
  });
});

describe('a notification that fails', () => {
  it('because of what a 200 says is tried again, and succeeds in the end', async () => {
    platform.answerWith(200, {}, '{"errcode":310000,"errmsg":"keywords not in content"}');
    const channel = await add({ kind: 'dingtalk' });
    await failFiveTimes();
    const [failed] = await channels.logged(channel, { status: 'pending', attempts: 1 });
    expect(failed?.errorMessage).toContain('keywords not in content');
    const pauseMs = Date.parse(failed!.nextAttemptAt!) - Date.parse(failed!.lastAttemptAt!);
    expect(pauseMs).toBe(30_000);
    expect(await channels.get(channel)).toMatchObject({ lastNotification: { status: 'pending' } });
    platform.answerWith(200, {}, OK);
    await makeNotificationsDue(service.database);
    expect(await channels.logged(channel, openedAndSent)).toMatchObject([
      { attempts: 2, errorMessage: null },
    ]);
  });

  it('goes out as the channel is by then', async () => {
    platform.answerWith(500);
    const channel = await add({ kind: 'slack', url: 'http://127.0.0.1:9/' });
    await failFiveTimes();
    await channels.logged(channel, { attempts: 1 });
    platform.answerWith(200, {}, 'ok');
    await channels.change(channel, { url: platform.url });
    await makeNotificationsDue(service.database);
    expect(await channels.logged(channel, openedAndSent)).toMatchObject([
      { attempts: 2, responseStatus: 200 },
    ]);
  });

  it('is given up after six attempts', async () => {
    platform.answerWith(500);
    const channel = await add({ kind: 'wecom' });
    await failFiveTimes();
    for (let attempts = 1; attempts < 6; attempts += 1) {
      await channels.logged(channel, { status: 'pending', attempts });
      await makeNotificationsDue(service.database);
    }
    expect(await channels.logged(channel, { status: 'failed' })).toMatchObject([
      { attempts: 6, responseStatus: 500, nextAttemptAt: null },
    ]);
    expect(platform.callbacks).toHaveLength(6);
  });

  it('because of too many requests pauses the whole channel for as long as the platform asks', async () => {
    platform.answerWith(429, { 'Retry-After': '90' }, 'rate_limited');
    const channel = await add({ kind: 'slack' });
    const alert = await failFiveTimes();
    const [limited] = await channels.logged(channel, { attempts: 1 });
    expect(Date.parse(limited!.nextAttemptAt!) - Date.parse(limited!.lastAttemptAt!)).toBe(90_000);
    await addNotices(service.database, alert.alertId, 1);
    const [waiting] = await channels.logged(channel, { kind: 'reminder' });
    const [lane] = await service.database.query<{ rests: boolean }>(
      `SELECT rests_until > now() + interval '60 seconds' AS rests FROM notification_lanes WHERE channel_id = $1`,
      [channel.channelId],
    );
    expect(lane?.rests).toBe(true);
    expect(waiting).toMatchObject({ attempts: 0, status: 'pending' });
    platform.answerWith(200, {}, 'ok');
    await makeNotificationsDue(service.database);
    await channels.logged(channel, { kind: 'reminder', status: 'sent' });
  });

  it('does not go out any more once its channel is disabled', async () => {
    platform.answerWith(500);
    const channel = await add({ kind: 'slack' });
    await failFiveTimes();
    await channels.logged(channel, { attempts: 1 });
    await channels.change(channel, { enabled: false });
    expect(await channels.log(channel)).toMatchObject([{ status: 'canceled', nextAttemptAt: null }]);
  });

  it('harms neither alerts nor other channels, however long the peer hangs', async () => {
    const held: (() => void)[] = [];
    platform.answerBy((response, { path }) => {
      if (path.startsWith('/callback?hangs')) held.push(() => response.end());
      else response.end(OK);
    });
    const hanging = await add({ kind: 'slack', url: `${platform.url}?hangs` });
    const good = await add({ kind: 'slack' });
    await failFiveTimes();
    await channels.logged(good, openedAndSent);
    receiver.answerWith(200);
    await app.deliver();
    await app.alert('consecutive_failures', { status: 'resolved' });
    await channels.logged(good, { kind: 'resolved', status: 'sent' });
    expect(await channels.log(hanging, '?status=sent')).toEqual([]);
    for (const release of held) release();
    await channels.logged(hanging, openedAndSent);
  });
});

it('a storm is sent in few messages, each notice once', async () => {
  const channel = await add({ kind: 'webhook', secret: 'channel-secret' });
  const alert = await failFiveTimes();
  await channels.logged(channel, openedAndSent);
  await addNotices(service.database, alert.alertId, 150);
  await channels.logged(channel, { kind: 'reminder', status: 'sent' }, 150);
  const ids = bodies().flatMap((body) =>
    (body as { notifications: { notificationId: string }[] }).notifications.map(
      ({ notificationId }) => notificationId,
    ),
  );
  expect(new Set(ids).size).toBe(151);
  expect(ids).toHaveLength(151);
  expect(platform.callbacks.length).toBeLessThanOrEqual(6);
});

it('what quiet hours deferred comes as one summary', async () => {
  const channel = await add({ kind: 'wecom' });
  const alert = await failFiveTimes();
  await channels.logged(channel, openedAndSent);
  await service.database.query(
    `INSERT INTO alert_notices (notice_id, app_id, kind, severity, created_at, deliver_after)
     SELECT gen_random_uuid(), app_id, 'summary', 'critical', now(), now() + interval '1 hour' FROM alerts WHERE alert_id = $1`,
    [alert.alertId],
  );
  await service.database.query(
    `INSERT INTO alert_notices (notice_id, app_id, alert_id, kind, severity, detail, created_at, deliver_after, summary_id)
     SELECT gen_random_uuid(), app_id, $1, 'reminder', 'critical', '{}', now(), deliver_after, notice_id
     FROM alert_notices WHERE kind = 'summary' AND handled_at IS NULL`,
    [alert.alertId],
  );
  await service.database.query(
    `UPDATE alert_notices SET deliver_after = now() WHERE kind = 'summary' AND handled_at IS NULL`,
  );
  expect(await channels.logged(channel, { kind: 'summary', status: 'sent' })).toMatchObject([
    { alertId: null, rule: null, alerts: 1 },
  ]);
  expect(platform.callbacks.at(-1)?.text).toContain('静默时段的告警：Chat 共 1 条，1 条尚未恢复');
});

it('a log is read in pages and by status', async () => {
  const channel = await add({ kind: 'wecom' });
  const alert = await failFiveTimes();
  await channels.logged(channel, openedAndSent);
  await addNotices(service.database, alert.alertId, 3);
  const all = await channels.logged(channel, { status: 'sent' }, 4);
  const path = `/notification-channels/${channel.channelId}/notifications`;
  const first = await service.admin.call('GET', `${path}?limit=3`);
  const { data, page } = first.body as { data: unknown[]; page: { nextCursor: string } };
  expect(data).toEqual(all.slice(0, 3));
  const second = await service.admin.call('GET', `${path}?limit=3&cursor=${page.nextCursor}`);
  expect(second.body).toEqual({ data: all.slice(3), page: { nextCursor: null } });
  expect(await channels.log(channel, '?status=failed')).toEqual([]);
  expect((await service.admin.call('GET', `${path}?status=lost`)).status).toBe(422);
  await eventually(
    async () =>
      (await service.database.query('SELECT 1 FROM alert_notices WHERE handled_at IS NULL')).length === 0,
  );
});
