import type { CreatedTunnel, TunnelRequest } from '@im/contracts/api/tunnels';
import { MAX_TUNNEL_WAITING, MAX_TUNNELS } from '@im/contracts/api/tunnel-constants';
import { BATCH_HEADERS, SIGNATURE_HEADERS } from '@im/contracts/signature';
import { verifySync } from '@im/contracts/signature-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { TunnelReader } from '../../testing/tunnel-reader.js';
import { RemoveIdleTunnelsService } from './remove-idle-tunnels.service.js';

let service: TestService;
let app: AppUnderTest;
let token: string;
let tunnel: CreatedTunnel;
const readers: TunnelReader[] = [];

beforeAll(async () => {
  service = await startTestService();
  ({ token } = await addApiToken(service.admin, ['webhooks:write']));
});
beforeEach(async () => {
  app = await service.addApp();
  tunnel = await open();
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(() => service.stop());

function open(body: Record<string, unknown> = {}): Promise<CreatedTunnel> {
  return app.client.data('POST', `${app.base}/tunnels`, { body });
}

async function connect({ tunnelId } = tunnel): Promise<TunnelReader> {
  const reader = await TunnelReader.connect(service.url, app.appKey, tunnelId, token);
  readers.push(reader);
  return reader;
}

describe('a tunnel', () => {
  it('has a temporary webhook with a secret of its own, delivered in order per conversation', async () => {
    expect(tunnel).toMatchObject({ name: 'Tunnel: admin@example.com', events: [] });
    expect(tunnel.secret).toMatch(/^[0-9a-f]{64}$/);
    const webhook = await app.webhook(tunnel.webhookId);
    expect(webhook).toMatchObject({
      url: `https://tunnel.invalid/${tunnel.tunnelId}`,
      hasSecret: true,
      ordering: 'conversation',
    });
    expect(Date.parse(tunnel.expiresAt)).toBeGreaterThan(Date.parse(webhook.createdAt));
    const named = await open({ name: 'My laptop', events: ['message.*'] });
    expect(await app.webhook(named.webhookId)).toMatchObject({ name: 'My laptop', events: ['message.*'] });
  });

  it('passes signed requests to its client, and the answers back', async () => {
    const client = await connect();
    const { eventId } = await app.post();
    const request = await client.nextRequest();
    const body = Buffer.from(request.body, 'base64');
    expect(isSigned(request, body)).toBe(true);
    expect(request).toMatchObject({ method: 'POST', isRepeat: false, timeoutMs: 30_000 });
    const answer = { status: 201, headers: { 'X-Answered-By': 'laptop' }, body: base64('thanks') };
    expect(await client.answer(request.requestId, answer)).toBe(204);
    const delivery = await app.outcome(eventId);
    expect(delivery).toMatchObject({ status: 'success', responseStatus: 201, attempts: 1 });
    expect(delivery.attemptLog[0]).toMatchObject({
      responseBody: 'thanks',
      responseHeaders: { 'x-answered-by': 'laptop' },
    });
  });

  it('takes one answer: another one is a conflict, and of a request that is unknown too', async () => {
    await app.changeWebhook(tunnel.webhookId, { retryPolicy: fixedRetry(1) });
    const client = await connect();
    const { eventId } = await app.post();
    const { requestId } = await client.nextRequest();
    const statuses = await Promise.all([200, 500].map((status) => client.answer(requestId, { status })));
    expect(statuses.sort()).toEqual([204, 409]);
    await app.settled(eventId);
    expect(await client.answer(requestId, { status: 200 })).toBe(409);
    expect(await client.answer('00000000-0000-4000-8000-000000000000', { status: 200 })).toBe(409);
  });

  it('retries what its client fails or does not answer in time, which is then too late', async () => {
    await app.changeWebhook(tunnel.webhookId, { timeoutMs: 1_000, retryPolicy: fixedRetry(3) });
    const client = await connect();
    const { eventId } = await app.post();
    const first = await client.nextRequest();
    const second = await client.nextRequest();
    expect(await client.answer(first.requestId, { status: 200 })).toBe(409);
    expect(await client.answer(second.requestId, { status: 500 })).toBe(204);
    const third = await client.nextRequest();
    await client.answer(third.requestId, { status: 204 });
    const { attemptLog } = await app.outcome(eventId);
    expect(attemptLog).toMatchObject([
      {
        errorClass: 'response_timeout',
        errorMessage: 'The client of the tunnel did not answer within 1000 ms.',
      },
      { errorClass: 'server_error' },
      { responseStatus: 204 },
    ]);
  });

  it('sends again what was not answered when its client comes back, in the same attempt', async () => {
    const first = await connect();
    const { eventId } = await app.post();
    const { requestId } = await first.nextRequest();
    first.close();
    const second = await connect();
    const again = await second.nextRequest();
    expect(again).toMatchObject({ requestId, isRepeat: true });
    await second.answer(requestId, { status: 200 });
    expect(await app.outcome(eventId)).toMatchObject({ status: 'success', attempts: 1 });
  });

  it('belongs to its newest client', async () => {
    const first = await connect();
    const second = await connect();
    expect(await first.end()).toEqual({ reason: 'replaced' });
    await app.post();
    await second.nextRequest();
    expect(first.requests).toEqual([]);
  });

  it('keeps the order of each conversation, whatever fails', async () => {
    await app.changeWebhook(tunnel.webhookId, { retryPolicy: fixedRetry(5) });
    const client = await connect();
    const posted = Array.from({ length: 6 }, (_, number) => `m${number}`);
    for (const [number, messageId] of posted.entries()) {
      await app.post(messageSent({ messageId, conversationId: `c${number % 2}` }));
    }
    const failedOnce = new Set<string>();
    const taken: string[] = [];
    while (taken.length < posted.length) {
      const { requestId, body } = await client.nextRequest();
      const [messageId = ''] = /m\d/.exec(Buffer.from(body, 'base64').toString()) ?? [];
      await client.answer(requestId, { status: failedOnce.has(messageId) ? 200 : 500 });
      if (failedOnce.has(messageId)) taken.push(messageId);
      failedOnce.add(messageId);
    }
    const even = (messageId: string) => Number(messageId.slice(1)) % 2 === 0;
    expect(taken.filter(even)).toEqual(['m0', 'm2', 'm4']);
    expect(taken.filter((messageId) => !even(messageId))).toEqual(['m1', 'm3', 'm5']);
  });
});

describe('without a client', () => {
  it('attempts fail and say so, and what waits is sent as soon as one connects', async () => {
    // No retry by itself within this test, and a breaker that is open.
    await app.changeWebhook(tunnel.webhookId, { retryPolicy: fixedRetry(2, 600_000), ordering: 'none' });
    const eventIds = await Promise.all(Array.from({ length: 12 }, async () => (await app.post()).eventId));
    await eventually(async () => (await app.webhook(tunnel.webhookId)).health === 'paused');
    const [waiting] = await app.deliveries(`?eventId=${eventIds[0] ?? ''}`);
    const { attemptLog } = await app.delivery(waiting?.deliveryId ?? '');
    expect(attemptLog[0]).toMatchObject({
      errorClass: 'connect_refused',
      errorMessage: 'No client is connected to the tunnel.',
      diagnosis: { cause: { en: expect.stringContaining('No client is connected') as string } },
    });
    const client = await connect();
    const answered = new Set<string>();
    while (answered.size < eventIds.length) {
      const { requestId } = await client.nextRequest();
      await client.answer(requestId, { status: 200 });
      answered.add(requestId);
    }
    for (const eventId of eventIds) expect(await app.outcome(eventId)).toMatchObject({ status: 'success' });
  });

  it('for a quarter of an hour it is deleted, with its webhook', async () => {
    await service.database.query(
      `UPDATE tunnels SET connected_until = now() - interval '14 minutes' WHERE tunnel_id = $1`,
      [tunnel.tunnelId],
    );
    const removal = service.app.get(RemoveIdleTunnelsService);
    await removal.remove();
    await app.webhook(tunnel.webhookId);
    await service.database.query(
      `UPDATE tunnels SET connected_until = now() - interval '16 minutes' WHERE tunnel_id = $1`,
      [tunnel.tunnelId],
    );
    await removal.remove();
    const path = `/webhooks/${tunnel.webhookId}`;
    expect((await app.call('GET', path)).status).toBe(404);
    const revisions = await app.client.data<unknown[]>('GET', `${app.base}${path}/revisions`);
    expect(revisions[0]).toMatchObject({ by: 'system' });
  });
});

describe('the end', () => {
  it('of a tunnel ends its stream and its webhook, and cancels what waits', async () => {
    const client = await connect();
    const { eventId } = await app.post();
    const { requestId } = await client.nextRequest();
    expect((await app.call('DELETE', `/tunnels/${tunnel.tunnelId}`)).status).toBe(204);
    expect(await client.end()).toEqual({ reason: 'deleted' });
    expect(await client.answer(requestId, { status: 200 })).toBe(404);
    const [delivery] = await app.settled(eventId);
    expect(delivery).toMatchObject({ status: 'canceled' });
    expect((await app.call('GET', `/webhooks/${tunnel.webhookId}`)).status).toBe(404);
  });

  it('of the webhook ends the tunnel', async () => {
    const client = await connect();
    await app.call('DELETE', `/webhooks/${tunnel.webhookId}`);
    expect(await client.end()).toEqual({ reason: 'deleted' });
    await service.app.get(RemoveIdleTunnelsService).remove();
    expect((await app.call('DELETE', `/tunnels/${tunnel.tunnelId}`)).status).toBe(404);
  });
});

describe('limits', () => {
  it(`an app has ${MAX_TUNNELS} tunnels at most; those that are closed do not count`, async () => {
    for (let number = 1; number < MAX_TUNNELS; number += 1) await open();
    const refused = await app.call('POST', '/tunnels', { body: {} });
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('10 tunnels already')]);
    await app.call('DELETE', `/tunnels/${tunnel.tunnelId}`);
    await open();
  });

  it('an answer has 64 KiB at most, and is valid base64', async () => {
    const client = await connect();
    const { eventId } = await app.post();
    const { requestId } = await client.nextRequest();
    expect(await client.answer(requestId, { status: 200, body: base64('x'.repeat(65_539)) })).toBe(422);
    expect(await client.answer(requestId, { status: 200, body: '%' })).toBe(422);
    expect(await client.answer(requestId, { status: 100 })).toBe(422);
    await client.answer(requestId, { status: 200, body: base64('x'.repeat(65_536)) });
    const { attemptLog } = await app.outcome(eventId);
    expect(attemptLog[0]).toMatchObject({ isResponseTruncated: true });
  });
});

describe('too much', () => {
  it('a hundred requests wait in a tunnel at most: a further one is answered 429, and retried', async () => {
    await app.changeWebhook(tunnel.webhookId, { retryPolicy: fixedRetry(2) });
    const client = await connect();
    await service.database.query(
      `INSERT INTO tunnel_requests (request_id, tunnel_id, headers, body, timeout_ms, expires_at, stream_id)
       SELECT gen_random_uuid(), tunnel_id, '[]', '', 30000, now() + interval '1 minute', stream_id
       FROM tunnels, generate_series(1, ${MAX_TUNNEL_WAITING}) WHERE tunnel_id = $1`,
      [tunnel.tunnelId],
    );
    const { attemptLog } = await app.deliver();
    expect(attemptLog.map(({ responseStatus }) => responseStatus)).toEqual([429, 429]);
    expect(client.requests).toEqual([]);
  });

  it('a batch over 1 MiB is answered 413, and comes in halves', async () => {
    const batch = { maxEvents: 6, maxWaitMs: 10_000 };
    await app.changeWebhook(tunnel.webhookId, { ordering: 'none', batch });
    const client = await connect();
    const content = { text: 'x'.repeat(200_000) };
    for (let number = 0; number < batch.maxEvents; number += 1) await app.post(messageSent({ content }));
    for (const half of [3, 3]) {
      const { requestId, headers } = await client.nextRequest();
      expect(new Map(headers).get(BATCH_HEADERS.count)).toBe(String(half));
      await client.answer(requestId, { status: 200 });
    }
    await eventually(async () => (await app.deliveries('?status=success')).length === batch.maxEvents);
  });
});

describe('access', () => {
  it('its webhook keeps its address, and no other app gets it', async () => {
    const url = `https://tunnel.invalid/${tunnel.tunnelId}`;
    await app.changeWebhook(tunnel.webhookId, { url, name: 'Renamed' });
    const elsewhere = { url: 'http://127.0.0.1:9/' };
    const changed = await app.call('PATCH', `/webhooks/${tunnel.webhookId}`, { body: elsewhere });
    expect([changed.status, changed.text]).toEqual([422, expect.stringContaining('temporary webhook')]);
    const other = await service.addApp();
    const refused = await other.call('POST', '/webhooks', { body: { url } });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('/url')]);
    const foreign = await other.call(
      'POST',
      `/tunnels/${tunnel.tunnelId}/requests/${tunnel.tunnelId}/response`,
      {
        body: { status: 200 },
      },
    );
    expect(foreign.status).toBe(404);
  });

  it('a stream ends when the token of its client is revoked', async () => {
    const own = await addApiToken(service.admin, ['webhooks:write'], { appKey: app.appKey });
    const reader = await TunnelReader.connect(service.url, app.appKey, tunnel.tunnelId, own.token);
    readers.push(reader);
    await service.admin.call('DELETE', `/api-tokens/${own.tokenId}`);
    expect(await eventually(() => reader.hasEnded)).toBe(true);
  });

  it('is audited as that of its webhook', async () => {
    await app.call('DELETE', `/tunnels/${tunnel.tunnelId}`);
    const entries = await service.admin.data<{ action: string; targetId: string }[]>(
      'GET',
      '/audit-log?limit=5',
    );
    expect(
      entries.filter(({ targetId }) => targetId === tunnel.webhookId).map(({ action }) => action),
    ).toEqual(['webhook.deleted', 'webhook.created']);
  });
});

function isSigned({ headers: pairs }: TunnelRequest, body: Buffer): boolean {
  const headers = new Map(pairs);
  const input = {
    appKey: app.appKey,
    timestamp: headers.get(SIGNATURE_HEADERS.timestamp) ?? '',
    nonce: headers.get(SIGNATURE_HEADERS.nonce) ?? '',
  };
  return verifySync(tunnel.secret, input, body, headers.get(SIGNATURE_HEADERS.signature) ?? '');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
