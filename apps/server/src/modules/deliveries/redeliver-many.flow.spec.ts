import type { Redelivered } from '@im/contracts/api/deliveries';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
});

beforeEach(async () => {
  receiver.answerWith(200);
  app = await service.addApp();
});

afterAll(async () => {
  await receiver.stop();
  await service.stop();
});

async function redeliver(body: unknown): Promise<Redelivered> {
  const answer = await app.call('POST', '/deliveries/redeliver', { body });
  expect(answer.status).toBe(202);
  return (answer.body as { data: Redelivered }).data;
}

/** @returns deliveries that failed */
async function fail(count: number) {
  receiver.answerWith(500);
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  const body = { events: Array.from({ length: count }, friendDeleted) };
  await app.client.data('POST', `${app.base}/events/batch`, { body });
  const failed = await eventually(async () => {
    const rows = await app.deliveries('?status=failed&limit=200');
    return rows.length === count && rows;
  });
  receiver.answerWith(200);
  return failed;
}

const redeliveries = () => app.deliveries('?kind=redelivery&limit=200');

async function delivered(count: number) {
  return eventually(async () => {
    const rows = await redeliveries();
    return rows.length === count && rows.every(({ status }) => status === 'success') && rows;
  });
}

describe('many deliveries are delivered again', () => {
  it('of all that is not well those that failed; what waits goes out by itself and is not counted', async () => {
    const failed = await fail(3);
    receiver.answerWith(503);
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(5, 3_600_000), events: ['message.sent'] });
    await app.post(messageSent());
    await eventually(async () => (await app.deliveries('?phase=retrying')).length === 1);
    receiver.answerWith(200);
    expect(await app.deliveries('?phase=problem&event=friend.deleted')).toHaveLength(3);
    expect(await redeliver({ filter: { phase: 'problem', event: 'friend.*' } })).toEqual({
      accepted: 3,
      skipped: 0,
    });
    const sent = await delivered(3);
    expect(sent.map(({ callbackId }) => callbackId).sort()).toEqual(
      failed.map(({ callbackId }) => callbackId).sort(),
    );
    expect(await app.deliveries('?phase=retrying')).toHaveLength(1);
    expect(await redeliver({ filter: { phase: 'problem', status: 'pending' } })).toEqual({
      accepted: 0,
      skipped: 1,
    });
  });

  it('by their ids, each with its callbackId', async () => {
    const failed = await fail(5);
    const chosen = failed.slice(0, 3);
    const deliveryIds = chosen.map(({ deliveryId }) => deliveryId);
    expect(await redeliver({ deliveryIds })).toEqual({ accepted: 3, skipped: 0 });
    const rows = await delivered(3);
    expect(rows.map(({ callbackId }) => callbackId).sort()).toEqual(
      chosen.map(({ callbackId }) => callbackId).sort(),
    );
    expect(rows.map(({ originalDeliveryId }) => originalDeliveryId).sort()).toEqual(deliveryIds.sort());
  });

  it('by a filter as that of the list, and only what matches', async () => {
    const failed = await fail(4);
    await app.deliver();
    const { webhookId } = failed[0]!;
    const filter = { status: 'failed', webhookId, responseStatus: 500, event: 'friend.*' };
    expect(await redeliver({ filter })).toEqual({ accepted: 4, skipped: 0 });
    await delivered(4);
  });

  it('once for each callback, and not while it waits', async () => {
    const [first] = await fail(1);
    const { deliveryId } = first!;
    await redeliver({ deliveryIds: [deliveryId, deliveryId] });
    const [again] = await delivered(1);
    const ids = [deliveryId, again!.deliveryId];
    receiver.answerWith(500);
    await app.changeWebhook(first!.webhookId, { retryPolicy: fixedRetry(3, 3_600_000) });
    expect(await redeliver({ deliveryIds: ids })).toEqual({ accepted: 1, skipped: 1 });
    expect(await redeliver({ deliveryIds: ids })).toEqual({ accepted: 0, skipped: 2 });
    expect(await redeliveries()).toHaveLength(2);
  });

  it('by a filter only what has not arrived since, by its id even that', async () => {
    const failed = await fail(3);
    const filter = { status: 'failed' };
    expect(await redeliver({ filter })).toEqual({ accepted: 3, skipped: 0 });
    await delivered(3);
    expect(await redeliver({ filter })).toEqual({ accepted: 0, skipped: 3 });
    const deliveryIds = failed.map(({ deliveryId }) => deliveryId);
    expect(await redeliver({ deliveryIds })).toEqual({ accepted: 3, skipped: 0 });
    await delivered(6);
  });

  it('after a pause, like all that waits for the webhook, and once for requests at the same time', async () => {
    const failed = await fail(3);
    const { webhookId } = failed[0]!;
    await app.call('POST', `/webhooks/${webhookId}/pause`);
    const deliveryIds = failed.map(({ deliveryId }) => deliveryId);
    const bodies = [
      { deliveryIds },
      { filter: { status: 'failed' } },
      { deliveryIds: [...deliveryIds].reverse() },
    ];
    const answers = await Promise.all(bodies.map(redeliver));
    expect(answers.map(({ accepted, skipped }) => [accepted, skipped]).sort()).toEqual([
      [0, 3],
      [0, 3],
      [3, 0],
    ]);
    expect((await redeliveries()).map(({ phase, heldBy }) => [phase, heldBy])).toEqual(
      Array(3).fill(['held', 'person']),
    );
    await app.call('POST', `/webhooks/${webhookId}/resume`);
    await delivered(3);
  });

  it('in the order of their conversation where the webhook keeps it', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, {
      ordering: 'conversation',
      retryPolicy: fixedRetry(1),
    });
    const first = await app.deliver();
    const second = await app.deliver(messageSent());
    await app.call('POST', `/webhooks/${webhookId}/pause`);
    await redeliver({ deliveryIds: [second.deliveryId, first.deliveryId] });
    const rows = await service.database.query(
      'SELECT event_id, conversation_id, passes_holds FROM pending_deliveries WHERE webhook_id = $1 ORDER BY accepted_seq',
      [webhookId],
    );
    expect(rows).toEqual(
      [first, second].map(({ eventId }) => ({
        event_id: eventId,
        conversation_id: 'single_u1_u2',
        passes_holds: false,
      })),
    );
  });

  it('without those of another app, without payload, or of a disabled or deleted webhook', async () => {
    const [gone, kept] = await fail(2);
    await service.database.query('DELETE FROM events WHERE event_id = $1', [gone!.eventId]);
    const deliveryIds = [gone!.deliveryId, kept!.deliveryId];
    const other = await service.addApp();
    const answer = await other.call('POST', '/deliveries/redeliver', { body: { deliveryIds } });
    expect(answer.body).toEqual({ data: { accepted: 0, skipped: 2 } });
    await app.call('POST', `/webhooks/${kept!.webhookId}/disable`);
    expect(await redeliver({ deliveryIds })).toEqual({ accepted: 0, skipped: 2 });
    await app.call('POST', `/webhooks/${kept!.webhookId}/enable`);
    await app.call('DELETE', `/webhooks/${kept!.webhookId}`);
    expect(await redeliver({ deliveryIds })).toEqual({ accepted: 0, skipped: 2 });
  });
});

it('more than 1000 matches are refused, and none of them goes out', async () => {
  await app.addWebhook(receiver.url, { enabled: false });
  for (const count of [1_000, 1]) {
    const body = { events: Array.from({ length: count }, friendDeleted) };
    await app.client.data('POST', `${app.base}/events/batch`, { body });
  }
  const answer = await app.call('POST', '/deliveries/redeliver', { body: { filter: { status: 'skipped' } } });
  expect([answer.status, answer.body]).toMatchObject([422, { code: 'search_too_broad' }]);
  expect(await redeliveries()).toEqual([]);
});

describe('the request', () => {
  const id = '01940000-0000-7000-8000-000000000000';

  it.each([
    ['nothing', {}, '/deliveryIds'],
    ['both', { deliveryIds: [id], filter: {} }, '/filter'],
    ['no id', { deliveryIds: [] }, '/deliveryIds'],
    ['more ids than 200', { deliveryIds: Array<string>(201).fill(id) }, '/deliveryIds'],
    ['an unknown filter', { filter: { order: 'asc' } }, '/filter/order'],
  ])('with %s is refused', async (_, body, pointer) => {
    const answer = await app.call('POST', '/deliveries/redeliver', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it('delivers nothing again that could not be recorded', async () => {
    await fail(1);
    const { query } = service.database;
    await query(
      `ALTER TABLE audit_entries ADD CONSTRAINT no_entry CHECK (action <> 'deliveries.redelivered') NOT VALID`,
    );
    const answer = redeliver({ filter: { status: 'failed' } });
    await expect(answer)
      .rejects.toThrow('answered 500')
      .finally(() => query('ALTER TABLE audit_entries DROP CONSTRAINT no_entry'));
    expect(await redeliveries()).toEqual([]);
    expect(await redeliver({ filter: { status: 'failed' } })).toEqual({ accepted: 1, skipped: 0 });
  });

  it('is audited with what it asked for and what came of it', async () => {
    const audited = '/audit-log?action=deliveries.redelivered&limit=1';
    await redeliver({ deliveryIds: [id] });
    expect((await app.client.call('GET', audited)).body).toMatchObject({
      data: [{ detail: { deliveryIds: [id], accepted: 0, skipped: 1 } }],
    });
    await redeliver({ filter: { status: 'failed' } });
    const { body } = await app.client.call('GET', audited);
    expect(body).toMatchObject({ data: [{ detail: { status: 'failed', accepted: 0, skipped: 0 } }] });
  });
});
