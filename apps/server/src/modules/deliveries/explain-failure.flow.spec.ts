import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestWebhookResult } from '@im/contracts/api/webhooks';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { fixedRetry } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { makeCertificate } from '../../testing/certificates.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let secure: Server;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
  secure = createServer(
    makeCertificate({ commonName: 'localhost', dnsName: 'localhost', toDay: -3, fromDay: -9 }),
  );
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
});

afterEach(() => {
  receiver.answerWith(200);
});

afterAll(async () => {
  secure.close();
  await receiver.stop();
  await service.stop();
});

const ONCE = { retryPolicy: fixedRetry(1) };

describe('a failed delivery', () => {
  it('shows by the receiver’s clock why its signature was refused', async () => {
    app = await service.addApp();
    const late = new Date(Date.now() - 11 * 60_000).toUTCString();
    receiver.answerWith(401, { date: late }, 'timestamp expired');
    await app.addWebhook(receiver.url, ONCE);
    const { attemptLog } = await app.deliver();
    expect(attemptLog).toHaveLength(1);
    expect(attemptLog[0]?.diagnosis?.cause.en).toMatch(
      /status was 401.*clock is 1[01] minutes.* behind ours/,
    );
    expect(attemptLog[0]?.diagnosis?.advice.zh).toContain('NTP');
  });

  it('names the certificate that was refused', async () => {
    app = await service.addApp();
    await app.addWebhook(`https://127.0.0.1:${(secure.address() as AddressInfo).port}/hook`, ONCE);
    const { attemptLog, errorClass } = await app.deliver();
    expect(errorClass).toMatch(/^tls_/);
    expect(attemptLog[0]?.diagnosis?.cause.en).toContain('“localhost” (issuer “localhost”)');
  });

  it('has no diagnosis once it succeeds', async () => {
    app = await service.addApp();
    await app.addWebhook(receiver.url, ONCE);
    const { attemptLog } = await app.deliver();
    expect(attemptLog[0]?.diagnosis).toBeNull();
    const rows = await service.database.query<{ evidence: string | null }>(
      'SELECT evidence FROM attempts JOIN deliveries USING (delivery_id) WHERE status = $1',
      ['success'],
    );
    expect(rows.map(({ evidence }) => evidence)).toEqual([null]);
  });
});

describe('a test send that fails', () => {
  it('shows cause and advice at once', async () => {
    app = await service.addApp();
    receiver.answerWith(405, { allow: 'GET' });
    const { webhookId } = await app.addWebhook(receiver.url, ONCE);
    const result = await app.client.data<TestWebhookResult>('POST', `${app.base}/webhooks/${webhookId}/test`);
    expect(result.diagnosis?.cause.en).toContain('POST /callback');
    expect(result.diagnosis?.advice.en).toContain('takes GET only');
  });
});
