import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreateChannelRequest, NotificationChannel } from '@im/contracts/api/notification-channels';
import type { ApiClient } from '../../testing/api-client.js';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { Channels } from '../../testing/channels.js';
import { MailServer } from '../../testing/mail-server.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const URL_WITH_TOKEN = 'http://127.0.0.1:9/robot/send?access_token=0123456789abcdef0123456789abcdef';
const EMAIL: Extract<CreateChannelRequest, { kind: 'email' }>['email'] = {
  host: '127.0.0.1',
  port: 25,
  security: 'none',
  username: 'alerts',
  password: 'smtp-password',
  from: 'alerts@example.com',
  to: ['ops@example.com'],
};

const SAMPLES: CreateChannelRequest[] = [
  { kind: 'email', name: 'Mail', email: EMAIL },
  { kind: 'webhook', name: 'Webhook', url: URL_WITH_TOKEN, secret: 'channel-secret' },
  { kind: 'dingtalk', name: 'DingTalk', url: URL_WITH_TOKEN, secret: 'SECdingtalk' },
  { kind: 'feishu', name: 'Feishu', url: URL_WITH_TOKEN },
  { kind: 'wecom', name: 'WeCom', url: URL_WITH_TOKEN },
  { kind: 'slack', name: 'Slack', url: URL_WITH_TOKEN },
];

let service: TestService;
let channels: Channels;

beforeAll(async () => {
  service = await startTestService();
  channels = new Channels(service.admin);
});

beforeEach(async () => {
  await service.database.query('DELETE FROM notification_channels');
});

afterAll(async () => {
  await service.stop();
});

const call = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  client = service.admin,
) => client.call(method, `/notification-channels${path}`, body === undefined ? {} : { body });

const dingtalk = () => channels.add({ kind: 'dingtalk', name: 'Ops', url: URL_WITH_TOKEN, secret: 'SECone' });

describe('a channel', () => {
  it.each(SAMPLES)(
    'of kind $kind is added, read, listed and deleted, and never shows a secret',
    async (sample) => {
      const added = await channels.add(sample);
      expect(added).toMatchObject({
        kind: sample.kind,
        name: sample.name,
        enabled: true,
        language: 'zh',
        minSeverity: 'warning',
        appKeys: [],
        rules: [],
        hasSecret: ['email', 'webhook', 'dingtalk'].includes(sample.kind),
        lastNotification: null,
        createdBy: 'admin@example.com',
      });
      expect(await channels.get(added)).toEqual(added);
      const list = await call('GET', '');
      expect(list.body).toEqual({ data: [added], page: { nextCursor: null } });
      expect(list.text).not.toMatch(/0123456789abcdef0|smtp-password|channel-secret|SECdingtalk/);
      const [row] = await service.database.query<{ row: string }>(
        'SELECT notification_channels::text AS row FROM notification_channels',
      );
      expect(row?.row).not.toMatch(/0123456789abcdef0|smtp-password|channel-secret|SECdingtalk/);
      expect((await call('DELETE', `/${added.channelId}`)).status).toBe(204);
      expect((await call('GET', `/${added.channelId}`)).status).toBe(404);
    },
  );

  it('shows enough of its URL to recognise it', async () => {
    expect((await dingtalk()).url).toBe('http://127.0.0.1:9/robot/send?access_token=****cdef');
  });

  it('keeps what a change does not name, and its secret unless it is replaced or removed', async () => {
    const channel = await dingtalk();
    const app = await service.addApp();
    const changes = {
      language: 'en',
      minSeverity: 'critical',
      appKeys: [app.appKey],
      rules: ['webhook_disabled'],
    };
    expect(await channels.change(channel, changes)).toMatchObject({
      ...changes,
      name: 'Ops',
      url: channel.url,
    });
    expect(await channels.change(channel, { secret: '' })).toMatchObject({ hasSecret: true });
    expect(await channels.change(channel, { secret: null })).toMatchObject({ hasSecret: false });
    expect(await channels.change(channel, { url: 'http://127.0.0.1:9/x' })).toMatchObject({
      url: 'http://127.0.0.1:9/x',
      ...changes,
    });
  });

  it('keeps of mail what a change does not name', async () => {
    const channel = await channels.add({ kind: 'email', name: 'Mail', email: EMAIL });
    const changed = await channels.change(channel, { email: { to: ['li@example.com'], password: '' } });
    expect(changed.email).toEqual({ ...channel.email, to: ['li@example.com'] });
    expect(changed.hasSecret).toBe(true);
    expect((await channels.change(channel, { email: { password: null } })).hasSecret).toBe(false);
  });

  it.each([
    ['host', { host: '127.0.0.2' }],
    ['port', { port: 2525 }],
    ['security', { security: 'tls' }],
    ['username', { username: 'alice' }],
  ])('never takes a stored password along to another %s', async (field, change) => {
    const channel = await channels.add({ kind: 'email', name: 'Mail', email: EMAIL });
    for (const email of [change, { ...change, password: '' }]) {
      const answer = await call('PATCH', `/${channel.channelId}`, { email });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/email/password' }] } });
    }
    expect(await channels.get(channel)).toEqual(channel);
    const same = { email: { [field]: channel.email?.[field as 'host'] } };
    expect(await channels.change(channel, same)).toMatchObject({ hasSecret: true, email: channel.email });
    const renewed = { email: { ...change, password: 'smtp-password' } };
    expect(await channels.change(channel, renewed)).toMatchObject({ hasSecret: true, email: change });
    const back = { email: { ...EMAIL, password: null } };
    expect(await channels.change(channel, back)).toMatchObject({ hasSecret: false });
    expect(await channels.change(channel, { email: change })).toMatchObject({ email: change });
  });

  it('of mail leaves in the audit log where it goes to now', async () => {
    const channel = await channels.add({ kind: 'email', name: 'Mail', email: EMAIL });
    await channels.change(channel, { email: { host: '127.0.0.2', port: 2525, password: 'smtp-password' } });
    await channels.change(channel, { name: 'Mail 2', email: { host: '127.0.0.2' } });
    const answer = await service.admin.call('GET', '/audit-log?limit=3');
    const entries = (answer.body as { data: { detail: Record<string, unknown> }[] }).data;
    expect(entries.map(({ detail }) => detail)).toEqual([
      { name: 'Mail 2', fields: ['name', 'email'] },
      { name: 'Mail', fields: ['email'], host: '127.0.0.2', port: 2525 },
      { kind: 'email', name: 'Mail', host: '127.0.0.1', port: 25 },
    ]);
  });

  it('that is limited to an app stays limited when the app is deleted', async () => {
    const app = await service.addApp();
    const channel = await channels.add({ ...SAMPLES[4]!, appKeys: [app.appKey] });
    await service.admin.call('DELETE', app.base);
    expect((await channels.get(channel)).appKeys).toEqual([app.appKey]);
  });

  it('takes its log along when it is deleted, however long that is', async () => {
    const app = await service.addApp();
    const [channel, other] = [await dingtalk(), await channels.add(SAMPLES[5]!)];
    await service.database.query(
      `INSERT INTO notifications (notification_id, channel_id, notice_id, app_id, kind, severity, content, status, created_at)
       SELECT gen_random_uuid(), channel_id, gen_random_uuid(), app_id, 'opened', 'warning', '{}', 'sent', now()
       FROM apps, notification_channels, generate_series(1, 10001) WHERE app_key = $1`,
      [app.appKey],
    );
    expect((await call('DELETE', `/${channel.channelId}`)).status).toBe(204);
    expect((await call('GET', `/${channel.channelId}`)).status).toBe(404);
    const left = await service.database.query(
      'SELECT channel_id AS "channelId", count(*)::int FROM notifications GROUP BY channel_id',
    );
    expect(left).toEqual([{ channelId: other.channelId, count: 10_001 }]);
  });

  it('is one of a hundred at most', async () => {
    await service.database.query(
      `INSERT INTO notification_channels
       SELECT gen_random_uuid(), tenant_id, 'slack', 'x', true, 'zh', 'warning', '{}', '{}', NULL, 'x', '', NULL, 'x', now(), now()
       FROM tenants, generate_series(1, 99)`,
    );
    await dingtalk();
    expect(await call('POST', '', SAMPLES[5])).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const first = (await call('GET', '?limit=60')).body as { data: unknown[]; page: { nextCursor: string } };
    const second = await call('GET', `?limit=60&cursor=${first.page.nextCursor}`);
    expect([first.data.length, (second.body as { data: unknown[] }).data.length]).toEqual([60, 40]);
  });
});

describe('a request that is wrong', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no kind', { name: 'x' }, '/kind'],
    ['an unknown kind', { kind: 'pager', name: 'x' }, '/kind'],
    ['no URL', { kind: 'slack', name: 'x' }, '/url'],
    [
      'a secret where nothing is signed',
      { kind: 'slack', name: 'x', url: 'http://127.0.0.1/', secret: 's' },
      '/secret',
    ],
    ['a webhook without a secret', { kind: 'webhook', name: 'x', url: 'http://127.0.0.1/' }, '/secret'],
    ['a URL that is none', { kind: 'slack', name: 'x', url: 'slack' }, '/url'],
    ['a guarded URL', { kind: 'slack', name: 'x', url: 'http://10.0.0.7/' }, '/url'],
    ['a masked URL', { kind: 'slack', name: 'x', url: 'https://h.example/?key=****00ab' }, '/url'],
    ['a blank name', { kind: 'slack', name: ' ', url: 'http://127.0.0.1/' }, '/name'],
    ['a NUL', { kind: 'slack', name: 'a\u0000', url: 'http://127.0.0.1/' }, '/name'],
    ['an unknown rule', { ...SAMPLES[5], rules: ['noise'] }, '/rules/0'],
    ['an unknown app', { ...SAMPLES[5], appKeys: ['ak_none'] }, '/appKeys/0'],
    [
      'a guarded mail host',
      { kind: 'email', name: 'x', email: { ...EMAIL, host: '10.0.0.7' } },
      '/email/host',
    ],
    [
      'a mail host that is none',
      { kind: 'email', name: 'x', email: { ...EMAIL, host: 'a b' } },
      '/email/host',
    ],
    ['no recipient', { kind: 'email', name: 'x', email: { ...EMAIL, to: [] } }, '/email/to'],
    ['an address that is none', { kind: 'email', name: 'x', email: { ...EMAIL, to: ['li'] } }, '/email/to/0'],
    ['an unknown field', { ...SAMPLES[5], colour: 'red' }, '/colour'],
  ])('with %s is refused at %s', async (_, body, pointer) => {
    const answer = await call('POST', '', body);
    expect(answer.status).toBe(422);
    expect((answer.body as { errors: { pointer: string }[] }).errors.map((error) => error.pointer)).toContain(
      pointer,
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['email', { email: { port: 26 } }, '/email'],
    ['another kind', { kind: 'slack' }, '/kind'],
    ['a guarded URL', { url: 'http://169.254.169.254/' }, '/url'],
  ])('changes a DingTalk channel to %s: refused', async (_, body, pointer) => {
    const answer = await call('PATCH', `/${(await dingtalk()).channelId}`, body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  it.each([
    ['webhook', { secret: null }, '/secret'],
    ['wecom', { secret: 's' }, '/secret'],
    ['email', { url: 'http://127.0.0.1/' }, '/url'],
    ['email', { secret: 's' }, '/secret'],
  ])('changes of a %s channel what it does not have: refused', async (kind, body, pointer) => {
    const sample = SAMPLES.find((each) => each.kind === kind);
    const answer = await call('PATCH', `/${(await channels.add(sample!)).channelId}`, body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });
});

describe('who may', () => {
  it('support reads and changes nothing', async () => {
    const channel = await dingtalk();
    await service.admin.data('POST', '/members', {
      body: { email: 's@example.com', name: 'S', role: 'support', password: 'support password' },
    });
    const support = await service.anonymous.logIn('s@example.com', 'support password');
    expect((await call('GET', `/${channel.channelId}`, undefined, support)).status).toBe(200);
    expect((await call('GET', `/${channel.channelId}/notifications`, undefined, support)).status).toBe(200);
    expect((await call('PATCH', `/${channel.channelId}`, {}, support)).status).toBe(403);
    expect((await call('POST', `/${channel.channelId}/test`, undefined, support)).status).toBe(403);
  });

  it('tokens need the scope, and none that is bound to one app gets in', async () => {
    const { appKey } = await service.addApp();
    const statusWith = async (scopes: Parameters<typeof addApiToken>[1], override = {}) => {
      const { token } = await addApiToken(service.admin, scopes, override);
      const client: ApiClient = service.anonymous.withToken(token);
      return [
        (await call('GET', '', undefined, client)).status,
        (await call('POST', '', SAMPLES[5], client)).status,
      ];
    };
    expect(await statusWith(['alerts:read'])).toEqual([200, 403]);
    expect(await statusWith(['alerts:read', 'alerts:write'])).toEqual([200, 201]);
    expect(await statusWith(['webhooks:read', 'webhooks:write'])).toEqual([403, 403]);
    expect(await statusWith(['alerts:read', 'alerts:write'], { appKey })).toEqual([403, 403]);
  });

  it('another tenant sees nothing of it', async () => {
    const channel = await dingtalk();
    const { admin } = await addTenant(service, `other-${Date.now()}@example.com`);
    expect((await call('GET', '', undefined, admin)).body).toMatchObject({ data: [] });
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { name: 'Another' }],
      ['DELETE', ''],
      ['POST', '/test'],
      ['GET', '/notifications'],
    ] as const) {
      expect((await call(method, `/${channel.channelId}${path}`, body, admin)).status).toBe(404);
    }
    const app = await service.addApp();
    const answer = await call('POST', '', { ...SAMPLES[5], appKeys: [app.appKey] }, admin);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/appKeys/0' }] } });
  });

  it('everything that changes a channel is in the audit log, without its secrets', async () => {
    const channel = await dingtalk();
    await channels.change(channel, { name: 'Ops 2', secret: 'SECtwo' });
    await channels.test(channel);
    await call('DELETE', `/${channel.channelId}`);
    const answer = await service.admin.call('GET', '/audit-log?limit=4');
    const entries = (answer.body as { data: { action: string; targetId: string }[] }).data;
    expect(entries.map(({ action }) => action)).toEqual([
      'notification_channel.deleted',
      'notification_channel.tested',
      'notification_channel.updated',
      'notification_channel.created',
    ]);
    expect(entries.every(({ targetId }) => targetId === channel.channelId)).toBe(true);
    expect(answer.text).not.toMatch(/SECone|SECtwo|0123456789abcdef0/);
  });
});

describe('a test', () => {
  let receiver: CallbackReceiver;

  /** Without waiting for the cooldown. */
  const testAgain = async (channel: NotificationChannel) => {
    await service.database.query('UPDATE notification_channels SET tested_at = NULL');
    return channels.test(channel);
  };

  beforeEach(async () => {
    receiver = await CallbackReceiver.start('channel-secret');
  });

  afterEach(async () => {
    await receiver.stop();
  });

  it('of DingTalk shows DingTalk’s answer', async () => {
    const channel = await channels.add({ kind: 'dingtalk', name: 'Ops', url: receiver.url });
    receiver.answerWith(200, {}, '{"errcode":0,"errmsg":"ok"}');
    expect(await channels.test(channel)).toMatchObject({
      status: 'sent',
      responseStatus: 200,
      errorMessage: null,
    });
    expect(JSON.parse(receiver.callbacks[0]!.text)).toMatchObject({
      msgtype: 'markdown',
      markdown: { title: '告警通知测试' },
    });
    receiver.answerWith(200, {}, '{"errcode":310000,"errmsg":"sign not match"}');
    const refused = await testAgain(channel);
    expect(refused).toMatchObject({ status: 'failed', responseStatus: 200 });
    expect(refused.errorMessage).toMatch(/sign not match.*security settings.*310000/);
  });

  it('within the cooldown of the one before is refused, and sends nothing', async () => {
    const [first, second] = [
      await channels.add({ kind: 'slack', name: 'x', url: receiver.url }),
      await channels.add({ kind: 'slack', name: 'y', url: receiver.url }),
    ];
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', `/${first.channelId}/test`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ code: 'too_many_requests' });
    expect(refused?.headers['retry-after']).toMatch(/^[123]$/);
    expect(receiver.callbacks).toHaveLength(1);
    expect(await channels.test(second)).toMatchObject({ status: 'sent' });
    await service.database.query(`UPDATE notification_channels SET tested_at = tested_at - interval '3 s'`);
    expect((await call('POST', `/${first.channelId}/test`)).status).toBe(200);
  });

  it('of a webhook is signed with the channel’s own secret', async () => {
    const channel = await channels.add({
      kind: 'webhook',
      name: 'x',
      url: receiver.url,
      secret: 'channel-secret',
    });
    expect(await channels.test(channel)).toMatchObject({ status: 'sent' });
    expect(receiver.callbacks[0]).toMatchObject({
      isSignatureValid: true,
      headers: { 'x-app-key': channel.channelId, 'x-app-attempt': '1' },
    });
    expect(JSON.parse(receiver.callbacks[0]!.text)).toMatchObject({
      type: 'test',
      channelId: channel.channelId,
    });
  });

  it('of a mail channel reaches its recipients', async () => {
    const mailServer = await MailServer.start();
    const email = { ...EMAIL, port: mailServer.port, username: '', password: null };
    const channel = await channels.add({ kind: 'email', name: 'Mail', language: 'en', email });
    expect(await channels.test(channel)).toMatchObject({ status: 'sent', responseStatus: 250 });
    expect(mailServer.mails).toMatchObject([{ from: 'alerts@example.com', to: ['ops@example.com'] }]);
    expect(mailServer.mails[0]?.raw).toContain('Subject: Alert channel test');
    await mailServer.stop();
    const refused = await testAgain(channel);
    expect(refused).toMatchObject({ status: 'failed', responseStatus: null });
    expect(refused.errorMessage).toContain('refused the connection');
  });

  it('works while the channel is disabled, and says what the network says', async () => {
    const channel: NotificationChannel = await channels.add({
      kind: 'slack',
      name: 'x',
      url: receiver.url,
      enabled: false,
    });
    expect(await channels.test(channel)).toMatchObject({ status: 'sent' });
    await receiver.stop();
    expect((await testAgain(channel)).errorMessage).toContain('refused the connection');
  });

  it('repeats no secret that the peer echoes', async () => {
    const channel = await channels.add({
      kind: 'wecom',
      name: 'x',
      url: `${receiver.url}?key=0123456789abcdef0123456789abcdef`,
    });
    receiver.answerBy((response, { path }) => {
      response.end(JSON.stringify({ errcode: 93000, errmsg: `invalid webhook url ${path}` }));
    });
    const { errorMessage, responseBody } = await channels.test(channel);
    expect(errorMessage).toContain('invalid webhook url /callback?key=****');
    expect(responseBody).toContain('key=****');
  });
});
