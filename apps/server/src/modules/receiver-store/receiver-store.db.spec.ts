import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../platform/clock/clock.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { addAppRow, openTestDataSource, type TestDataSource } from '../../testing/data-source.js';
import { ReceivedRequestsRepository } from './data/received-requests.repository.js';
import { ReceiversRepository } from './data/receivers.repository.js';
import type { ReceivedRequest } from './receiver.js';
import { ReceiverAddressesService } from './receiver-addresses.service.js';

const PUBLIC_URL = 'https://callbacks.example.com/im/';
const REQUEST: ReceivedRequest = {
  requestId: '019aa000-0000-7000-8000-000000000001',
  receivedAt: new Date('2030-06-15T12:00:00Z'),
  method: 'POST',
  headers: '{}',
  body: Buffer.from('{}'),
  bodyBytes: 2,
  signatureScheme: 'x-app',
  signatureFault: null,
  webhookId: null,
  isFromOutside: true,
  answerStatus: 200,
};

let test: TestDataSource;
let receivers: ReceiversRepository;
let requests: ReceivedRequestsRepository;
let addresses: ReceiverAddressesService;
let appId: string;

beforeAll(async () => {
  test = await openTestDataSource();
  receivers = new ReceiversRepository(test.dataSource);
  requests = new ReceivedRequestsRepository(test.dataSource);
  const box = new SecretBox(Buffer.alloc(32, 1));
  addresses = new ReceiverAddressesService(receivers, box, new SystemClock(), { PUBLIC_URL });
});
beforeEach(async () => {
  appId = await addAppRow(test);
  await addresses.create(appId, 'http://not-asked', 'user:1');
});
afterAll(() => test.close());

async function urlOf(id = appId): Promise<string> {
  const receiver = await receivers.find(id);
  if (!receiver) throw new Error('There is no receiver');
  return addresses.urlOf(receiver);
}

describe('the address of a test receiver', () => {
  it('is below PUBLIC_URL, belongs to one app, and stays', async () => {
    const url = await urlOf();
    expect(url).toMatch(/^https:\/\/callbacks\.example\.com\/im\/test-receiver\/[0-9a-f]{48}$/);
    await addresses.create(appId, 'http://not-asked', 'user:1');
    expect(await urlOf()).toBe(url);
    expect(await addresses.isAddressOf(appId, url)).toBe(true);
    const strangerId = await addAppRow(test);
    expect(await addresses.isAddressOf(strangerId, url)).toBe(false);
    await addresses.create(strangerId, 'http://not-asked', 'user:1');
    expect(await addresses.isAddressOf(strangerId, url)).toBe(false);
  });

  it.each([
    ['https://callbacks.example.com/im/test-receiver/x', true],
    ['http://u:p@callbacks.example.com/im/x/../test-receiver/x?y', true],
    ['https://CALLBACKS.example.com/im/Test-Receiver/x', true],
    ['https://callbacks.example.com/test-receiver/x', false],
    ['https://callbacks.example.com:8443/im/test-receiver/x', false],
    ['https://callbacks.example.com.evil.example/im/test-receiver/x', false],
    ['no url', false],
  ])('of another app is recognised below PUBLIC_URL: %s', (url, isBelow) => {
    expect(addresses.isBelowPublicUrl(url)).toBe(isBelow);
  });

  it('of a deleted app is not found, and is removed', async () => {
    const token = (await urlOf()).slice(-48);
    expect((await addresses.byToken(token))?.appId).toBe(appId);
    await requests.record(appId, '1', REQUEST);
    await test.dataSource.query('UPDATE apps SET deleted_at = now() WHERE app_id = $1', [appId]);
    expect(await addresses.byToken(token)).toBeUndefined();
    await receivers.removeOfDeletedApps();
    expect(await receivers.find(appId)).toBeUndefined();
    expect(await requests.list(appId, new Date(0))).toEqual([]);
  });
});

describe('the requests of a test receiver', () => {
  it('are counted, and each replaces the one 50 before it', async () => {
    expect(await receivers.take(appId)).toEqual({ mode: 'ok', number: '1' });
    expect(await receivers.take(appId)).toEqual({ mode: 'ok', number: '2' });
    await requests.record(appId, '2', { ...REQUEST, method: 'GET' });
    await requests.record(appId, '52', REQUEST);
    expect(await requests.list(appId, new Date(0))).toEqual([REQUEST]);
  });

  it('are removed when they are old', async () => {
    await requests.record(appId, '1', REQUEST);
    await requests.removeBefore(new Date(REQUEST.receivedAt.getTime() + 1));
    expect(await requests.list(appId, new Date(0))).toEqual([]);
  });

  it('are not kept without a receiver', async () => {
    const strangerId = await addAppRow(test);
    expect(await receivers.take(strangerId)).toBeUndefined();
    await requests.record(strangerId, '1', REQUEST);
    expect(await requests.list(strangerId, new Date(0))).toEqual([]);
  });
});
