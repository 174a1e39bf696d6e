import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Check, CheckName, Checkup } from '@im/contracts/api/checkup';
import type { Webhook } from '@im/contracts/api/webhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver, type ReceivedCallback } from '../../testing/callback-receiver.js';
import { makeCertificate } from '../../testing/certificates.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  receiver = await CallbackReceiver.start();
  app = await service.addApp();
  receiver.key = app.appSecret;
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

async function checkUp({ webhookId }: Webhook): Promise<Checkup> {
  return app.client.data('POST', `${app.base}/webhooks/${webhookId}/checkup`);
}

function named({ checks }: Checkup, name: CheckName): Check {
  const found = checks.find(({ check }) => check === name);
  if (!found) throw new Error(`The score card leaves ${name} out`);
  return found;
}

function statuses({ checks }: Checkup): Record<string, string> {
  return Object.fromEntries(checks.map(({ check, status }) => [check, status]));
}

/** As the documentation says: verify, check the clock, accept the rest. */
function careful(response: ServerResponse, callback: ReceivedCallback): void {
  const isFresh = Math.abs(Number(callback.headers['x-app-timestamp']) - Date.now()) < 300_000;
  response.writeHead(callback.isSignatureValid && isFresh ? 200 : 401).end();
}

const ALL_GOOD = {
  good_signature: 'pass',
  wrong_signature: 'pass',
  stale_timestamp: 'pass',
  duplicate: 'pass',
  unicode_body: 'pass',
  large_body: 'pass',
  speed: 'pass',
  keep_alive: 'pass',
  method_and_redirect: 'pass',
  // Receivers of tests speak plain HTTP.
  tls: 'warn',
};

describe('the check-up', () => {
  it('of a careful receiver finds nothing but plain HTTP', async () => {
    receiver.answerBy(careful);
    const checkup = await checkUp(await app.addWebhook(receiver.url));
    expect(statuses(checkup)).toEqual(ALL_GOOD);
    expect(checkup.score).toBe(98);
    expect(checkup.durationMs).toBeGreaterThan(0);
    expect(named(checkup, 'wrong_signature')).toMatchObject({ responseStatus: 401, advice: null });
  });

  it('sends marked test callbacks, the large one of 200 KiB, the duplicate with the id of the first', async () => {
    await checkUp(await app.addWebhook(receiver.url));
    const sent = new Map(receiver.callbacks.map((each) => [each.headers['x-app-checkup'], each]));
    expect(receiver.callbacks.every(({ headers }) => headers['x-app-event'] === 'test.ping')).toBe(true);
    expect(sent.get('large_body')?.text.length).toBeGreaterThan(200_000);
    expect(sent.get('duplicate')?.envelope.callbackId).toBe(sent.get('good_signature')?.envelope.callbackId);
    expect(sent.get('duplicate')?.headers['x-app-nonce']).not.toBe(
      sent.get('good_signature')?.headers['x-app-nonce'],
    );
    const isValid = (name: CheckName) => sent.get(name)?.isSignatureValid;
    expect([isValid('unicode_body'), isValid('stale_timestamp'), isValid('wrong_signature')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('signs as the webhook wants it: own secret, Standard Webhooks, batches', async () => {
    receiver.key = 'own-secret';
    receiver.answerBy(careful);
    const override = {
      secret: 'own-secret',
      signature: 'standard-webhooks',
      batch: { maxEvents: 5, maxWaitMs: 50 },
    } as const;
    expect(statuses(await checkUp(await app.addWebhook(receiver.url, override)))).toEqual(ALL_GOOD);
    expect(receiver.callbacks[0]?.headers).toMatchObject({
      'x-app-batch': '1',
      'webhook-id': expect.any(String) as string,
    });
  });

  it('of a receiver that takes everything fails its verification', async () => {
    const checkup = await checkUp(await app.addWebhook(receiver.url));
    expect(statuses(checkup)).toMatchObject({
      good_signature: 'pass',
      wrong_signature: 'fail',
      stale_timestamp: 'warn',
    });
    expect(named(checkup, 'wrong_signature').detail.zh).toContain('伪造');
    expect(checkup.score).toBe(73);
  });

  it('of a receiver that refuses everything says why, and skips the checks that depend on it', async () => {
    receiver.answerWith(401, { date: new Date(Date.now() - 900_000).toUTCString() }, 'bad signature');
    const checkup = await checkUp(await app.addWebhook(receiver.url));
    expect(statuses(checkup)).toMatchObject({
      good_signature: 'fail',
      wrong_signature: 'skipped',
      large_body: 'skipped',
      speed: 'pass',
    });
    expect(named(checkup, 'good_signature').detail.en).toMatch(/clock is 1[45] minutes.* behind/);
    expect(checkup.score).toBe(0);
  });

  it.each([
    [
      'with an error on the second time',
      'duplicate',
      'fail',
      (response: ServerResponse, { headers }: ReceivedCallback) =>
        response.writeHead(headers['x-app-attempt'] === '2' ? 409 : 200).end(),
    ],
    [
      'with 413 to what is large',
      'large_body',
      'fail',
      (response: ServerResponse, { text }: ReceivedCallback) =>
        response.writeHead(text.length > 100_000 ? 413 : 200).end(),
    ],
    [
      'with 500 to a wrong signature',
      'wrong_signature',
      'warn',
      (response: ServerResponse, { isSignatureValid }: ReceivedCallback) =>
        response.writeHead(isSignatureValid ? 200 : 500).end(),
    ],
    [
      'and hangs up each time',
      'keep_alive',
      'warn',
      (response: ServerResponse) => response.writeHead(200, { connection: 'close' }).end(),
    ],
    [
      'with a redirect',
      'method_and_redirect',
      'fail',
      (response: ServerResponse) => response.writeHead(302, { location: '/login' }).end(),
    ],
    [
      'after more than a second',
      'speed',
      'warn',
      (response: ServerResponse) => void setTimeout(() => response.end(), 1_100),
    ],
  ] as const)('of a receiver that answers %s says so', async (_what, check, status, answer) => {
    receiver.answerBy(answer);
    expect(named(await checkUp(await app.addWebhook(receiver.url)), check).status).toBe(status);
  });

  it('of a closed port ends soon with what could not be reached', async () => {
    const webhook = await app.addWebhook(receiver.url);
    await receiver.stop();
    const checkup = await checkUp(webhook);
    expect(checkup.score).toBe(0);
    expect(statuses(checkup)).toMatchObject({
      good_signature: 'fail',
      wrong_signature: 'skipped',
      speed: 'skipped',
    });
    expect(named(checkup, 'good_signature').detail.en).toContain('nothing listens');
  });

  it('of an address that may not be reached is refused as any delivery is', async () => {
    const webhook = await app.addWebhook(receiver.url);
    await service.database.query(
      `UPDATE webhook_configs SET url = 'http://10.0.0.1/' WHERE webhook_id = $1`,
      [webhook.webhookId],
    );
    const checkup = await checkUp(webhook);
    expect(named(checkup, 'good_signature').detail.en).toContain('private 10.0.0.0/8');
  });

  it('is neither counted nor logged', async () => {
    receiver.answerWith(500);
    const webhook = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
    await checkUp(webhook);
    const after = await app.webhook(webhook.webhookId);
    expect(after).toMatchObject({
      health: 'healthy',
      consecutiveFailures: 0,
      stats: { total: 0 },
      lastDeliveryAt: null,
    });
    expect(await app.deliveries()).toEqual([]);
    expect(await app.alerts()).toEqual([]);
  });

  it('is made once in half a minute for each webhook, and noted in the audit log', async () => {
    receiver.answerBy(careful);
    const [webhook, other] = [await app.addWebhook(receiver.url), await app.addWebhook(receiver.url)];
    await checkUp(webhook);
    const again = await app.call('POST', `/webhooks/${webhook.webhookId}/checkup`);
    expect(again.status).toBe(429);
    expect(Number(again.headers['retry-after'])).toBeGreaterThan(20);
    expect((await checkUp(other)).score).toBe(98);
    const entries = await service.admin.call(
      'GET',
      `/audit-log?action=webhook.checked_up&appKey=${app.appKey}`,
    );
    expect(entries.body).toMatchObject({
      data: [{ targetId: other.webhookId, detail: { score: 98 } }, { targetId: webhook.webhookId }],
    });
  });
});

describe('the check-up of a receiver with TLS', () => {
  const authority = makeCertificate({ commonName: 'Test Authority', isAuthority: true });
  const systemAuthorities = getCACertificates('default');
  let server: ReturnType<typeof createServer>;

  beforeAll(() => {
    setDefaultCACertificates([...systemAuthorities, authority.cert]);
  });

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  afterAll(() => {
    setDefaultCACertificates(systemAuthorities);
  });

  async function secureUrl(toDay: number, fromDay = -9): Promise<string> {
    const certificate = makeCertificate({
      commonName: 'localhost',
      dnsName: 'localhost',
      issuer: authority,
      fromDay,
      toDay,
    });
    server = createServer(certificate, (request, response) =>
      request.resume().on('end', () => response.end('ok')),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `https://localhost:${(server.address() as AddressInfo).port}/`;
  }

  it.each([
    [90, 'pass', /is trusted and ends in 89 days/],
    [5, 'warn', /ends in 4 days/],
    [-2, 'fail', /expired 2 days ago/],
  ])('whose certificate has %i days left', async (days, status, detail) => {
    const tls = named(await checkUp(await app.addWebhook(await secureUrl(days))), 'tls');
    expect(tls.status).toBe(status);
    expect(tls.detail.en).toMatch(detail);
  });
});
