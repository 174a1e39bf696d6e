import type { BeforeDecision } from '@im/contracts/api/before';
import type { BeforeStatistics } from '@im/contracts/api/before-stats';
import type { BeforeSettings } from '@im/contracts/api/before-constants';
import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import type { Recovery } from '@im/contracts/api/recoveries';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver, signedHeaders } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const { data } = messageSent();

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

function decides(before: Partial<BeforeSettings> = {}, override: Record<string, unknown> = {}) {
  const settings: BeforeSettings = {
    events: ['message.sent'],
    deadlineMs: 4_000,
    onFailure: 'allow',
    ...before,
  };
  return app.addWebhook(receiver.url, { before: settings, ...override });
}

function answers(answer: unknown): void {
  receiver.answerWith(200, {}, typeof answer === 'string' ? answer : JSON.stringify(answer));
}

function ask(body: unknown = { data }, event = 'message.sent'): Promise<BeforeDecision> {
  return app.client.data('POST', `${app.base}/before/${event}`, { body });
}

/** From the log, where it is a moment later. */
async function logged({ deliveryId }: BeforeDecision): Promise<DeliveryDetail> {
  return eventually(async () => {
    const answer = await app.call('GET', `/deliveries/${String(deliveryId)}`);
    return answer.status === 200 && (answer.body as { data: DeliveryDetail }).data;
  });
}

describe('a receiver that decides', () => {
  it.each([
    [{ decision: 'allow' }],
    [{ decision: 'deny', code: 5_001, reason: '含有敏感词' }],
    [{ decision: 'modify', changes: { text: 'mild', seq: 1 } }],
  ])('is asked once, signed, and its answer %j is passed on and logged', async (answer) => {
    const { webhookId } = await decides();
    answers({ ...answer, reply: 'ignored' });
    const decision = await ask();
    expect(decision).toEqual({
      ...answer,
      decidedBy: 'receiver',
      latencyMs: expect.any(Number) as number,
      deliveryId: expect.any(String) as string,
    });
    expect(receiver.callbacks).toHaveLength(1);
    expect(receiver.callbacks[0]).toMatchObject({
      isSignatureValid: true,
      headers: { 'x-app-kind': 'before', 'x-app-attempt': '1', 'x-app-event': 'message.sent' },
      envelope: { event: 'message.sent', webhookId, deliveryId: decision.deliveryId, data },
    });
    expect(await logged(decision)).toMatchObject({
      ...{ kind: 'before', status: 'success', decision: answer.decision, decidedBy: 'receiver' },
      ...{ attempts: 1, maxAttempts: 1, responseStatus: 200, errorClass: null, payload: data },
      requestBody: receiver.callbacks[0]?.text,
      attemptLog: [{ attempt: 1, requestHeaders: { 'X-App-Kind': 'before' }, diagnosis: null }],
    });
  });

  it('gets numbers digit by digit, and its own come back so', async () => {
    await decides({}, { format: 'raw' });
    answers('{"decision":"modify","changes":{"seq":98765432109876543210,"rate":1.50}}');
    const answer = await app.call('POST', '/before/message.sent', {
      body: '{"data":{"huge":12345678901234567890}}',
    });
    expect(receiver.callbacks[0]?.text).toBe('{"huge":12345678901234567890}');
    expect(answer.text).toContain('{"seq":98765432109876543210,"rate":1.50}');
  });

  it('may be asked with the signature of the app', async () => {
    await decides();
    answers({ decision: 'deny' });
    const body = JSON.stringify({ data });
    const headers = signedHeaders(app.appKey, app.appSecret, body, 'a'.repeat(32));
    const answer = await service.anonymous.call('POST', `${app.base}/before/message.sent`, { body, headers });
    expect(answer).toMatchObject({ status: 200, body: { data: { decision: 'deny' } } });
  });

  it('is asked about events of its IM server, and of no others', async () => {
    await decides({ events: ['openim.callbackBeforeCreateGroupCommand', 'message.sent'] });
    answers({ decision: 'deny' });
    expect(await ask({ data: {} }, 'openim.callbackBeforeCreateGroupCommand')).toMatchObject({
      decision: 'deny',
    });
    expect(await ask({ data: {} }, 'message.revoked')).toMatchObject({
      decision: 'allow',
      decidedBy: 'none',
      deliveryId: null,
    });
    expect(receiver.callbacks).toHaveLength(1);
  });
});

describe('a question', () => {
  it('may leave out what does not exist yet, but what is there has to fit', async () => {
    await decides();
    answers({ decision: 'allow' });
    expect(await ask({ data: { text: 'hello' } })).toMatchObject({ decidedBy: 'receiver' });
    const answer = await app.call('POST', '/before/message.sent', { body: { data: { text: 1 } } });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/data/text', code: 'invalid_type' }] },
    });
    expect((await app.call('POST', '/before/no.such', { body: { data } })).status).toBe(422);
  });

  it('is answered by none while its webhook is disabled, and when it is deleted', async () => {
    const { webhookId } = await decides({}, { enabled: false });
    expect(await ask()).toMatchObject({ decision: 'allow', decidedBy: 'none' });
    await app.call('DELETE', `/webhooks/${webhookId}`);
    await decides();
    answers({ decision: 'deny' });
    expect(await ask()).toMatchObject({ decision: 'deny' });
  });

  it('is decided by the policy at once while a person has paused the webhook', async () => {
    const { webhookId } = await decides({ onFailure: 'deny' });
    await app.call('POST', `/webhooks/${webhookId}/pause`);
    const decision = await ask();
    expect(decision).toMatchObject({ decision: 'deny', decidedBy: 'breaker' });
    expect(await logged(decision)).toMatchObject({
      status: 'failed',
      attempts: 0,
      attemptLog: [],
      decidedBy: 'breaker',
    });
    expect(receiver.callbacks).toHaveLength(0);
  });
});

describe('a receiver that does not decide', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };

  it.each<[string, () => void, string, string]>([
    [
      'answers a page',
      () => {
        answers('<html>ok</html>');
      },
      'invalid_answer',
      'invalid_response',
    ],
    [
      'answers 204',
      () => {
        receiver.answerWith(204);
      },
      'invalid_answer',
      'invalid_response',
    ],
    [
      'answers a list',
      () => {
        receiver.answerWith(200, JSON_TYPE, '[]');
      },
      'invalid_answer',
      'invalid_response',
    ],
    [
      'does not know the word',
      () => {
        answers({ decision: 'perhaps' });
      },
      'invalid_answer',
      'invalid_response',
    ],
    [
      'answers with no end',
      () => {
        answers({ decision: 'allow', x: 'x'.repeat(20_000) });
      },
      'invalid_answer',
      'invalid_response',
    ],
    [
      'answers 500',
      () => {
        receiver.answerWith(500);
      },
      'error',
      'server_error',
    ],
    [
      'redirects',
      () => {
        receiver.answerWith(302, { location: 'http://127.0.0.1:9/' });
      },
      'error',
      'redirect',
    ],
    [
      'breaks off',
      () => {
        receiver.answerBy((response) => response.destroy());
      },
      'error',
      'reset',
    ],
    [
      'breaks off within its answer',
      () => {
        receiver.answerBy((response) => {
          response.writeHead(200, { 'content-length': '99' });
          response.write('{"decision"', () => response.destroy());
        });
      },
      'error',
      'reset',
    ],
    [
      'is slow',
      () => {
        receiver.answerBy(() => undefined);
      },
      'deadline',
      'response_timeout',
    ],
    [
      'never ends its answer',
      () => {
        receiver.answerBy((response) => response.writeHead(200).write('{"decision":"deny"}'));
      },
      'deadline',
      'response_timeout',
    ],
  ])(
    'because it %s leaves it to the policy, and is not asked again',
    async (_name, misbehave, decidedBy, errorClass) => {
      await decides({ deadlineMs: 200, onFailure: 'deny' });
      misbehave();
      const decision = await ask();
      expect(decision).toMatchObject({ decision: 'deny', decidedBy });
      expect(await logged(decision)).toMatchObject({
        ...{ kind: 'before', status: 'failed', decision: 'deny', decidedBy, errorClass, attempts: 1 },
        attemptLog: [{ errorClass }],
      });
      expect(receiver.callbacks).toHaveLength(1);
    },
  );

  it('because it is down leaves it to the policy, which allows unless told otherwise', async () => {
    await app.addWebhook(receiver.url, { before: { events: ['message.sent'] } });
    await receiver.stop();
    const decision = await ask();
    expect(decision).toMatchObject({ decision: 'allow', decidedBy: 'error' });
    expect(await logged(decision)).toMatchObject({ errorClass: 'connect_refused' });
  });

  it('is asked no more after ten failures, until a person changes the webhook', async () => {
    const { webhookId } = await decides();
    receiver.answerWith(500);
    for (let asked = 0; asked < 10; asked += 1) expect(await ask()).toMatchObject({ decidedBy: 'error' });
    expect(await ask()).toMatchObject({ decision: 'allow', decidedBy: 'breaker' });
    expect(receiver.callbacks).toHaveLength(10);
    expect(await app.webhook(webhookId)).toMatchObject({ health: 'healthy', consecutiveFailures: 0 });
    answers({ decision: 'deny' });
    await app.changeWebhook(webhookId, { timeoutMs: 5_000 });
    expect(await ask()).toMatchObject({ decision: 'deny', decidedBy: 'receiver' });
  });
});

describe('of each event of an app', () => {
  const conflict = {
    status: 409,
    body: { code: 'conflict', errors: [{ pointer: '/before/events', code: 'already_taken' }] },
  };

  it('one webhook decides: another one is refused with its name', async () => {
    await decides({}, { name: 'Moderation' });
    const body = { url: receiver.url, before: { events: ['group.created', 'message.sent'] } };
    const created = await app.call('POST', '/webhooks', { body });
    expect(created).toMatchObject(conflict);
    expect(created.text).toContain('Moderation');
    const { webhookId } = await app.addWebhook(receiver.url, { before: { events: ['group.created'] } });
    const changed = await app.call('PATCH', `/webhooks/${webhookId}`, { body: { before: body.before } });
    expect(changed).toMatchObject(conflict);
    expect((await app.webhook(webhookId)).before).toEqual({
      ...{ events: ['group.created'], deadlineMs: 1_500, onFailure: 'allow' },
    });
  });

  it('another one may decide once the first one does not any more', async () => {
    const first = await decides();
    await app.changeWebhook(first.webhookId, { before: null });
    const second = await decides();
    await app.call('DELETE', `/webhooks/${second.webhookId}`);
    await decides();
    const other = await service.addApp();
    const third = await other.addWebhook(receiver.url, { before: { events: ['message.sent'] } });
    expect(third.before).toMatchObject({ events: ['message.sent'] });
  });
});

describe('the log', () => {
  it('finds questions by kind, and neither replays nor counts them', async () => {
    const { webhookId } = await decides();
    receiver.answerWith(500);
    const decision = await ask();
    await logged(decision);
    const found = await app.deliveries('?kind=before');
    expect(found).toMatchObject([{ deliveryId: decision.deliveryId, decision: 'allow', decidedBy: 'error' }]);
    expect(await app.call('POST', `/deliveries/${String(decision.deliveryId)}/redeliver`)).toMatchObject({
      status: 409,
    });
    expect((await app.webhook(webhookId)).stats).toMatchObject({
      total: 0,
      failed: 0,
      attempts: 0,
      deliveredRate: null,
    });
  });

  it('does not take them for events that another webhook missed', async () => {
    await decides();
    answers({ decision: 'allow' });
    await logged(await ask());
    const { webhookId } = await app.addWebhook(receiver.url);
    const body = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z', status: 'missing' };
    const { recoveryId } = await app.client.data<Recovery>(
      'POST',
      `${app.base}/webhooks/${webhookId}/recover`,
      { body },
    );
    const ended = await eventually(async () => {
      const recovery = await app.client.data<Recovery>(
        'GET',
        `${app.base}/webhooks/${webhookId}/recoveries/${recoveryId}`,
      );
      return recovery.state === 'completed' && recovery;
    });
    expect(ended).toMatchObject({ total: 0, scheduled: 0 });
    expect(receiver.callbacks).toHaveLength(1);
  });
});

describe('the statistics', () => {
  it('count decisions by outcome and by who made them', async () => {
    const { webhookId } = await decides();
    for (const answer of [{ decision: 'deny' }, { decision: 'modify', changes: {} }, 'no JSON']) {
      answers(answer);
      await logged(await ask());
    }
    await app.call('POST', `/webhooks/${webhookId}/pause`);
    await logged(await ask());
    const path = `${app.base}/webhooks/${webhookId}/before-stats`;
    const stats = await app.client.data<BeforeStatistics>('GET', path);
    expect(stats).toMatchObject({
      ...{ total: 4, allowed: 2, denied: 1, modified: 1 },
      ...{ byReceiver: 2, byDeadline: 0, byBreaker: 1, byInvalidAnswer: 1, byError: 0, policyShare: 0.5 },
    });
    expect(stats.maxMs).toBeGreaterThanOrEqual(stats.meanMs ?? Infinity);
    const empty = await app.client.data<BeforeStatistics>('GET', `${path}?to=2020-01-01T00:00:00Z`);
    expect(empty).toMatchObject({ total: 0, policyShare: null, meanMs: null, maxMs: null });
    expect(
      await app.client.call('GET', `${path}?from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:00Z`),
    ).toMatchObject({
      status: 422,
    });
  });
});
