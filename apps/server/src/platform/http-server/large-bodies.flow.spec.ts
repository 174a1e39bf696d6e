/** Sends large bodies next to senders that only announce them. */
import { API_BASE } from '@im/contracts/routes/route';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { head, RawConnection, type RawAnswer } from '../../testing/raw-http.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const EIGHT_MIB = 8 * 1024 * 1024;
/** Large enough to be counted with the large bodies. */
const BATCH = JSON.stringify({ events: Array.from({ length: 400 }, () => messageSent()) });

let service: TestService;
let app: AppUnderTest;
let token: string;
const connections: RawConnection[] = [];

beforeAll(async () => {
  service = await startTestService();
});
beforeEach(async () => {
  app = await service.addApp();
  ({ token } = await addApiToken(service.admin, ['events:write']));
});
afterEach(() => {
  for (const connection of connections.splice(0)) connection.close();
});
afterAll(() => service.stop());

function announce(path: string, headers: Record<string, string>, localAddress?: string): RawConnection {
  const connection = RawConnection.open(service.url, localAddress);
  connections.push(connection);
  const types = { 'Content-Type': 'application/json', 'Content-Length': EIGHT_MIB };
  return connection.send(head(`POST ${API_BASE}${path}`, { ...types, ...headers })).send('{');
}

async function postBatch(): Promise<number> {
  const response = await fetch(`${service.url}${API_BASE}${app.base}/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: BATCH,
  });
  await response.text();
  return response.status;
}

/** Once an event of theirs is answered, everything sent before it has been read. */
async function settled(): Promise<void> {
  await app.post();
}

describe('bodies that do not come', () => {
  it.each([
    ['without credentials', () => ({})],
    ['with those of an app, not yet proven', () => signatureOf(app.appKey)],
    ['with a token of the same tenant', () => ({ Authorization: `Bearer ${token}` })],
  ])('%s keep no batch out', async (_, credentials) => {
    for (let index = 0; index < 40; index += 1) {
      announce(`${app.base}/events/batch`, credentials(), `127.0.0.${String(2 + (index % 8))}`);
    }
    await settled();
    expect(await Promise.all([postBatch(), postBatch(), postBatch()])).toEqual([202, 202, 202]);
  });
});

describe('a large body is not waited for', () => {
  it.each<[string, () => Record<string, string>, number, string]>([
    ['without credentials', () => ({}), 401, 'unauthenticated'],
    ['with an unknown token', () => ({ Authorization: 'Bearer imk_unknown' }), 401, 'unauthenticated'],
    ['with half a signature', () => ({ 'X-App-Signature': '00' }), 401, 'signature_invalid'],
    ['with an old signature', () => signatureOf(app.appKey, 0), 401, 'timestamp_out_of_window'],
    [
      'with a session and no mark of the console',
      () => ({ Cookie: service.admin.headers.cookie ?? '' }),
      403,
      'csrf_header_missing',
    ],
  ])('%s', async (_, credentials, status, code) => {
    const answer = await announce(`${app.base}/events/batch`, credentials()).answer();
    expectProblem(answer, status, code);
  });

  it('with a token that may not do this', async () => {
    const { token: other } = await addApiToken(service.admin, ['webhooks:read']);
    const headers = { Authorization: `Bearer ${other}` };
    expectProblem(await announce(`${app.base}/events/batch`, headers).answer(), 403, 'forbidden');
  });

  it('for an app that does not exist', async () => {
    const headers = { Authorization: `Bearer ${token}` };
    expectProblem(await announce('/apps/ak_none/events/batch', headers).answer(), 404, 'not_found');
  });

  it('where there is nothing', async () => {
    expectProblem(await announce('/nothing/here', {}).answer(), 404, 'not_found');
  });

  it('that is compressed', async () => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Encoding': 'gzip' };
    const answer = await announce(`${app.base}/events/batch`, headers).answer();
    expectProblem(answer, 415, 'unsupported_media_type');
  });
});

function expectProblem(answer: RawAnswer, status: number, code: string): void {
  expect([answer.status, answer.body]).toEqual([status, expect.objectContaining({ code })]);
}

function signatureOf(appKey: string, timestamp = Date.now()): Record<string, string> {
  return {
    'X-App-Key': appKey,
    'X-App-Timestamp': String(timestamp),
    'X-App-Nonce': 'a-nonce-of-this-test',
    'X-App-Signature': 'ab'.repeat(32),
  };
}
