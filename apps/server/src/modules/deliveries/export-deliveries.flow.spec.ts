import type { AuditEntry } from '@im/contracts/api/audit';
import type { Delivery } from '@im/contracts/api/deliveries';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { openDownload, readText } from '../../testing/download.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { addMember, addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { Logger } from '../../platform/logging/logger.js';
import { SearchDeliveriesService } from './search-deliveries.service.js';

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
  vi.restoreAllMocks();
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

function linesOf(text: string): Delivery[] {
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Delivery);
}

async function exported(query: string, path = '/deliveries'): Promise<Delivery[]> {
  const answer = await app.call('GET', `${path}/export?format=ndjson${query}`);
  expect(answer.status).toBe(200);
  return linesOf(answer.text);
}

const download = (query: string) =>
  openDownload(
    `${service.url}/api/v1${app.base}/deliveries/export?format=ndjson${query}`,
    app.client.headers,
  );

/**
 * Makes the log endless: its first page is repeated.
 *
 * @returns how many pages were begun so far, and whether one is being read
 */
function makeEndless(onPage: (page: number) => void = () => undefined): {
  pages: () => number;
  isReading: () => boolean;
} {
  const search = service.app.get(SearchDeliveriesService);
  const firstPage = search.page.bind(search);
  let pages = 0;
  let reading = 0;
  vi.spyOn(search, 'page').mockImplementation(async (app, query) => {
    pages += 1;
    onPage(pages);
    reading += 1;
    const { data } = await firstPage(app, { ...query, cursor: undefined });
    reading -= 1;
    return { data, page: { nextCursor: `page-${pages}` } };
  });
  return { pages: () => pages, isReading: () => reading > 0 };
}

describe('an export of deliveries', () => {
  it('has every delivery that the list has under the same filters, in its order', async () => {
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
    const second = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1), events: ['friend.*'] });
    await app.deliver(messageSent({ messageId: 'm-1' }));
    receiver.answerWith(503);
    const { eventId } = await app.post(friendDeleted());
    await app.settled(eventId);
    for (const query of [
      '',
      '&status=failed',
      '&event=friend.*',
      '&messageId=m-1',
      '&order=asc',
      '&q=server',
    ]) {
      const listed = await app.deliveries(`?limit=200${query}`);
      expect(listed.length).toBeGreaterThan(0);
      expect(await exported(query)).toEqual(listed);
    }
    const ofSecond = await exported('', `/webhooks/${second.webhookId}/deliveries`);
    expect(ofSecond).toMatchObject([
      { webhookId: second.webhookId, errorMessage: expect.any(String) as string },
    ]);
  });

  it('of more than a page has each row once, and no more', async () => {
    await app.addWebhook(receiver.url);
    const events = Array.from({ length: 1_000 }, () => friendDeleted());
    for (let batch = 0; batch < 2; batch += 1) {
      await app.client.data('POST', `${app.base}/events/batch`, { body: { events } });
    }
    await app.post();
    const rows = await exported('');
    expect(rows).toHaveLength(2_001);
    expect(new Set(rows.map(({ deliveryId }) => deliveryId)).size).toBe(2_001);
    const csv = (await app.call('GET', '/deliveries/export')).text.split('\r\n');
    expect(csv).toHaveLength(2_003);
    expect(csv[0]).toBe(
      '\uFEFFdeliveryId,callbackId,eventId,webhookId,appKey,event,kind,status,phase,heldBy,' +
        'attempts,maxAttempts,nextAttemptAt,responseStatus,errorClass,errorMessage,durationMs,createdAt,' +
        'completedAt,cancelReason,decision,decidedBy,originalDeliveryId,messageId,conversationId,receiverId',
    );
  });

  it('is recorded with what was asked for, and named after what is in it', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const answer = await app.call('GET', `/webhooks/${webhookId}/deliveries/export?format=csv&status=failed`);
    expect(answer.headers['content-disposition']).toMatch(
      new RegExp(`^attachment; filename="deliveries_${app.appKey}_${webhookId}_\\d{8}T\\d{6}Z\\.csv"$`),
    );
    const entries = await service.admin.data<AuditEntry[]>(
      'GET',
      `/audit-log?action=deliveries.exported&appKey=${app.appKey}`,
    );
    expect(entries).toMatchObject([{ targetId: webhookId, detail: { format: 'csv', status: 'failed' } }]);
  });

  it.each([
    ['an unknown format', '?format=xml', '?format'],
    ['a page', '?limit=10', '?limit'],
    ['a cursor', '?cursor=x', '?cursor'],
    ['an unknown filter', '?colour=red', '?colour'],
    ['an event that no name can be', '?event=message%20sent', '?event'],
  ])('with %s is refused before it begins', async (_name, query, pointer) => {
    const answer = await app.call('GET', `/deliveries/export${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [{ pointer }] });
  });

  it('of what is another’s is not there', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const other = await service.addApp();
    const { admin } = await addTenant(service, `exporter-${app.appKey}@example.org`);
    for (const path of ['/deliveries/export', `/webhooks/${webhookId}/deliveries/export`]) {
      expect((await admin.call('GET', app.base + path)).status).toBe(404);
    }
    expect((await other.call('GET', `/webhooks/${webhookId}/deliveries/export?status=failed`)).status).toBe(
      404,
    );
  });

  it('contains no message content', async () => {
    receiver.answerWith(500, { 'x-echo': 'see-you-at-noon' }, 'see-you-at-noon');
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
    await app.deliver(messageSent({ text: 'see-you-at-noon', content: 'see-you-at-noon' }));
    const support = await addMember(service, 'support');
    for (const format of ['csv', 'ndjson']) {
      const answer = await support.call('GET', `${app.base}/deliveries/export?format=${format}`);
      expect(answer.text).toContain('server_error');
      expect(answer.text).not.toContain('see-you-at-noon');
    }
  });
});

describe('an export under way', () => {
  beforeEach(async () => {
    await app.addWebhook(receiver.url, { enabled: false });
    const body = { events: Array.from({ length: 1_000 }, () => friendDeleted()) };
    await app.client.data('POST', `${app.base}/events/batch`, { body });
  });

  it('breaks the connection off when the log cannot be read any further', async () => {
    makeEndless((page) => {
      if (page === 4) throw new Error('the disk is gone');
    });
    const response = await download('');
    expect(response.statusCode).toBe(200);
    await expect(readText(response)).rejects.toThrow(/aborted/);
  });

  it('answers a problem when not even its beginning can be read', async () => {
    makeEndless(() => {
      throw new Error('the disk is gone');
    });
    const response = await download('');
    expect(response.statusCode).toBe(500);
    expect(JSON.parse(await readText(response))).toMatchObject({ code: 'internal_error' });
  });

  it('waits for a client that does not read, and ends with one that hangs up', async () => {
    const { pages, isReading } = makeEndless();
    const logged = vi.spyOn(service.app.get(Logger), 'info');
    const ended = () => logged.mock.calls.find(([step]) => step === 'export.ended')?.[1];
    const response = await download('');
    // The log is read until the buffers are full, and no further.
    const read = await eventually(async () => {
      const before = pages();
      for (let call = 0; call < 5; call += 1) await app.call('GET', '/webhooks');
      return before === pages() && !isReading() && before;
    });
    expect(read).toBeGreaterThan(1);
    expect(ended()).toBeUndefined();
    response.destroy();
    expect(await eventually(ended)).toMatchObject({ format: 'ndjson', isWhole: false });
    expect(pages()).toBe(read);
  });

  it('is one of three at most; a further one gets 429 with Retry-After', async () => {
    makeEndless();
    const open = [await download(''), await download(''), await download('')];
    const refused = await app.call('GET', '/deliveries/export');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(refused.headers['retry-after']).toBe('30');
    for (const response of open) response.destroy();
    vi.restoreAllMocks();
    await eventually(async () => (await app.call('GET', '/deliveries/export')).status === 200);
  });
});
