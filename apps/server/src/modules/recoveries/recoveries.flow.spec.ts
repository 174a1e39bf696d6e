import { v7 as uuidV7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecoverRequest, Recovery } from '@im/contracts/api/recoveries';
import type { Webhook } from '@im/contracts/api/webhooks';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { addDeliveriesOf, addPast } from '../../testing/past-deliveries.js';
import { friendDeleted } from '../../testing/sample-events.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const HOUR_MS = 3_600_000;

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let webhook: Webhook;

beforeEach(async () => {
  service = await startTestService();
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
  webhook = await app.addWebhook(receiver.url, { events: ['friend.*'] });
});

afterEach(async () => {
  await receiver.stop();
  await service.stop();
});

const path = (rest = '') => `${app.base}/webhooks/${webhook.webhookId}/${rest}`;

function recover(override: Partial<RecoverRequest> = {}): Promise<Recovery> {
  const hour = [Date.now() - HOUR_MS, Date.now() + HOUR_MS].map((ms) => new Date(ms).toISOString());
  const body = { from: hour[0], to: hour[1], status: 'failed', ratePerSecond: 2_000, ...override };
  return app.client.data('POST', path('recover'), { body });
}

function recovery(recoveryId: string): Promise<Recovery> {
  return app.client.data('GET', path(`recoveries/${recoveryId}`));
}

function until(recoveryId: string, isSo: (found: Recovery) => boolean): Promise<Recovery> {
  return eventually(async () => {
    const found = await recovery(recoveryId);
    return isSo(found) ? found : undefined;
  });
}

const ended = (recoveryId: string) => until(recoveryId, ({ state }) => state === 'completed');

async function change(recoveryId: string, to: 'pause' | 'resume' | 'cancel'): Promise<Recovery> {
  return app.client.data('POST', path(`recoveries/${recoveryId}/${to}`));
}

const past = (override: Partial<Parameters<typeof addPast>[1]> = {}) =>
  addPast(service.database, { webhookId: webhook.webhookId, count: 20, status: 'failed', ...override });

/** How often each callback came. */
function arrivals(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { envelope } of receiver.callbacks) {
    counts.set(envelope.callbackId, (counts.get(envelope.callbackId) ?? 0) + 1);
  }
  return counts;
}

describe('a recovery replays each callback once:', () => {
  it.each(['failed', 'skipped'] as const)(
    'those that were %s, as redeliveries with their callbackId',
    async (status) => {
      const lost = await past({ status, count: 1_200 });
      await past({ status: status === 'failed' ? 'skipped' : 'failed' });
      await past({ status: 'success' });
      const { recoveryId } = await recover({ status });
      expect(await ended(recoveryId)).toMatchObject({
        state: 'completed',
        total: 1_200,
        isTotalFinal: true,
        scheduled: 1_200,
        succeeded: 1_200,
        failed: 0,
        pending: 0,
        waitingFor: null,
      });
      expect([...arrivals()].sort()).toEqual(lost.map(({ callbackId }) => [callbackId, 1]).sort());
      const redeliveries = await app.deliveries('?kind=redelivery&limit=200');
      const originals = new Map(lost.map((row) => [row.deliveryId, row.callbackId]));
      for (const { originalDeliveryId, callbackId } of redeliveries) {
        expect(originals.get(originalDeliveryId ?? '')).toBe(callbackId);
      }
      expect((await app.webhook(webhook.webhookId)).stats).toMatchObject({ pending: 0, succeeded: 1_200 });
    },
  );

  it('missing ones that the webhook wants, as first deliveries; test sends of others do not count', async () => {
    const other = await app.addWebhook(receiver.url, { events: ['user.online'] });
    await app.call('POST', `/webhooks/${other.webhookId}/test`, { body: { event: 'friend.deleted' } });
    const tests = receiver.callbacks.length;
    const lost = await past({ status: 'missing', count: 50 });
    await past({ status: 'missing', event: 'message.sent' });
    await past({ status: 'success' });
    const { recoveryId } = await recover({ status: 'missing' });
    expect(await ended(recoveryId)).toMatchObject({ total: 50, succeeded: 50 });
    const ids = receiver.callbacks.slice(tests).map(({ envelope }) => envelope.callbackId);
    expect(ids.sort()).toEqual(lost.map(({ callbackId }) => callbackId).sort());
    expect(await app.deliveries('?kind=redelivery')).toEqual([]);
    const again = await recover({ status: 'missing' });
    expect(await ended(again.recoveryId)).toMatchObject({ total: 0, scheduled: 0 });
  });

  it('only those of the range and of the events asked for', async () => {
    const now = Date.now();
    await past({ fromMs: now - 60_000 });
    const wanted = await past({ fromMs: now - 30_000, event: 'friend.added' });
    await past({ fromMs: now - 30_000 });
    const { recoveryId } = await recover({
      from: new Date(now - 40_000).toISOString(),
      to: new Date(now - 10_000).toISOString(),
      events: ['friend.added', 'message.*'],
    });
    expect(await ended(recoveryId)).toMatchObject({ total: 20, succeeded: 20 });
    expect([...arrivals().keys()].sort()).toEqual(wanted.map(({ callbackId }) => callbackId).sort());
  });

  it('not those that arrived meanwhile, wait already or have lost their payload, and says how many', async () => {
    const lost = await past({ count: 30 });
    const ids = lost.map(({ eventId }) => eventId);
    const again = (from: number, to: number, status: string) =>
      addDeliveriesOf(
        service.database,
        webhook.webhookId,
        lost.slice(from, to).map((row) => ({ ...row, deliveryId: uuidV7() })),
        status,
      );
    await again(0, 5, 'success');
    // A redelivery that failed too: one callback, two rows.
    await again(20, 22, 'failed');
    await service.database.query(
      `INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, max_attempts,
         next_attempt_at, claimable_at, created_at)
       SELECT gen_random_uuid(), callback_id, event_id, webhook_id, app_id, event, 'event', 3, now() + interval '1 hour',
         now() + interval '1 hour', created_at FROM deliveries WHERE event_id = ANY($1)`,
      [ids.slice(5, 8)],
    );
    await service.database.query('DELETE FROM events WHERE event_id = ANY($1)', [ids.slice(10, 14)]);
    const { recoveryId } = await recover();
    const done = await ended(recoveryId);
    expect(done).toMatchObject({ total: 32, scheduled: 18, succeeded: 18 });
    expect(done.skipped).toEqual({
      alreadyDelivered: 5,
      alreadyPending: 5,
      alreadyRepeated: 0,
      payloadExpired: 4,
    });
  });

  it('none twice although several cover the same range at once', async () => {
    const lost = await past({ count: 400 });
    const started = await Promise.all([recover(), recover(), recover()]);
    const done = await Promise.all(started.map(({ recoveryId }) => ended(recoveryId)));
    expect(done.reduce((sum, { scheduled }) => sum + scheduled, 0)).toBe(400);
    expect([...arrivals()].sort()).toEqual(lost.map(({ callbackId }) => [callbackId, 1]).sort());
  });

  it('those that fail again are counted as failed and not taken up again by the same recovery', async () => {
    receiver.answerBy((response, { envelope }) => {
      const { friendId } = envelope.data as { friendId: string };
      response.writeHead(Number(friendId) % 4 === 0 ? 400 : 200).end();
    });
    await app.changeWebhook(webhook.webhookId, { retryPolicy: fixedRetry(1) });
    await past({ count: 40 });
    const { recoveryId } = await recover();
    expect(await ended(recoveryId)).toMatchObject({ scheduled: 40, succeeded: 30, failed: 10 });
    expect(receiver.callbacks).toHaveLength(40);
  });
});

it('replayed events of a conversation go out in their original order, one after the other', async () => {
  const conversationOf = (n: number) => `c${n % 3}`;
  await app.changeWebhook(webhook.webhookId, { ordering: 'conversation' });
  await past({ count: 60, conversationOf });
  const { recoveryId } = await recover();
  await ended(recoveryId);
  const numbers = receiver.callbacks.map(({ envelope }) =>
    Number((envelope.data as { friendId: string }).friendId),
  );
  for (const conversation of [0, 1, 2]) {
    const own = numbers.filter((n) => n % 3 === conversation);
    expect(own).toEqual(Array.from({ length: 20 }, (_, index) => index * 3 + conversation));
  }
});

it('what comes in at the moment goes out before the replays that wait', async () => {
  receiver.answerBy((response) => setTimeout(() => response.end(), 200));
  await past({ count: 500 });
  const { recoveryId } = await recover();
  await until(recoveryId, ({ scheduled }) => scheduled === 500);
  const before = receiver.callbacks.length;
  const { eventId } = await app.post(friendDeleted());
  const live = await app.outcome(eventId);
  const position = receiver.callbacks.findIndex(({ envelope }) => envelope.callbackId === live.callbackId);
  expect(position - before).toBeLessThan(60);
  expect(await ended(recoveryId)).toMatchObject({ succeeded: 500 });
});

describe('people may', () => {
  it('pause it, which stops what waits, and resume it', async () => {
    await past({ count: 300 });
    const { recoveryId } = await recover({ ratePerSecond: 100 });
    // Counted long before all of them are scanned.
    await until(
      recoveryId,
      ({ isTotalFinal, total, scheduled }) => isTotalFinal && total === 300 && scheduled < 300,
    );
    await until(recoveryId, ({ succeeded }) => succeeded > 0);
    expect(await change(recoveryId, 'pause')).toMatchObject({ state: 'paused', estimatedLeftMs: null });
    const stopped = await until(recoveryId, ({ pending }) => pending <= 100);
    expect(stopped.succeeded).toBeLessThan(300);
    // Live deliveries of the same webhook go on.
    await app.deliver(friendDeleted());
    expect((await recovery(recoveryId)).scheduled).toBe(stopped.scheduled);
    expect(
      (await app.call('POST', `/webhooks/${webhook.webhookId}/recoveries/${recoveryId}/pause`)).status,
    ).toBe(409);
    expect(await change(recoveryId, 'resume')).toMatchObject({ state: 'running' });
    expect(await ended(recoveryId)).toMatchObject({ succeeded: 300 });
  });

  it('cancel it, which cancels what waits and cannot be undone', async () => {
    receiver.answerBy((response) => setTimeout(() => response.end(), 200));
    await past({ count: 300 });
    const { recoveryId } = await recover({ ratePerSecond: 100 });
    await until(recoveryId, ({ scheduled }) => scheduled > 0);
    expect(await change(recoveryId, 'cancel')).toMatchObject({ state: 'canceled' });
    const after = await until(recoveryId, ({ pending }) => pending === 0);
    expect(after.succeeded + after.canceled).toBe(after.scheduled);
    expect(after.scheduled).toBeLessThan(300);
    expect(after.finishedAt).not.toBeNull();
    const states = await app.client.call('POST', path(`recoveries/${recoveryId}/resume`));
    expect(states.status).toBe(409);
    expect((await app.webhook(webhook.webhookId)).stats.pending).toBe(0);
    const actions = await app.client.data<{ action: string }[]>('GET', '/audit-log');
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['recovery.started', 'recovery.canceled']),
    );
  });

  it('list those of a webhook page by page, newest first', async () => {
    const ids = [await recover(), await recover(), await recover()].map(({ recoveryId }) => recoveryId);
    const first = await app.call('GET', `/webhooks/${webhook.webhookId}/recoveries?limit=2`);
    const page = first.body as { data: Recovery[]; page: { nextCursor: string } };
    const second = await app.client.data<Recovery[]>(
      'GET',
      path(`recoveries?cursor=${page.page.nextCursor}`),
    );
    expect([...page.data, ...second].map(({ recoveryId }) => recoveryId)).toEqual(ids.reverse());
  });
});

describe('a webhook that cannot be delivered to', () => {
  it('whose breaker is open makes it wait and say so; one replay at a time probes', async () => {
    await app.changeWebhook(webhook.webhookId, { retryPolicy: fixedRetry(20, 1_000) });
    await service.database.query(
      `UPDATE webhook_health SET paused_at = now(), probe_at = now() + interval '1 hour', consecutive_failures = 10
       WHERE webhook_id = $1`,
      [webhook.webhookId],
    );
    await past({ count: 30 });
    const { recoveryId } = await recover();
    const waiting = await until(recoveryId, ({ waitingFor }) => waitingFor === 'breaker');
    expect(waiting).toMatchObject({ state: 'running', scheduled: 1, pending: 1, estimatedLeftMs: null });
    expect(receiver.callbacks).toEqual([]);
    await service.database.query('UPDATE webhook_health SET probe_at = now() WHERE webhook_id = $1', [
      webhook.webhookId,
    ]);
    expect(await ended(recoveryId)).toMatchObject({ succeeded: 30 });
  });

  it('disabled: it cannot be started, pauses with the reason, and goes on once enabled and resumed', async () => {
    receiver.answerBy((response) => setTimeout(() => response.end(), 100));
    await past({ count: 200 });
    const { recoveryId } = await recover({ ratePerSecond: 50 });
    await until(recoveryId, ({ succeeded }) => succeeded > 0);
    await app.call('POST', `/webhooks/${webhook.webhookId}/disable`);
    await until(recoveryId, ({ state, reason }) => state === 'paused' && reason === 'webhook_disabled');
    await expect(recover()).rejects.toThrow('409');
    await expect(change(recoveryId, 'resume')).rejects.toThrow('409');
    await app.call('POST', `/webhooks/${webhook.webhookId}/enable`);
    expect(await change(recoveryId, 'resume')).toMatchObject({ state: 'running', reason: null });
    expect(await ended(recoveryId)).toMatchObject({ succeeded: 200, canceled: 0 });
  });

  it('deleted: it ends with the reason and leaves nothing behind', async () => {
    await past({ count: 200 });
    const { recoveryId } = await recover({ ratePerSecond: 20 });
    await until(recoveryId, ({ scheduled }) => scheduled > 0);
    await app.call('DELETE', `/webhooks/${webhook.webhookId}`);
    await eventually(async () => {
      const [row] = await service.database.query<{ state: string; reason: string; is_settled: boolean }>(
        'SELECT state, reason, is_settled FROM recoveries WHERE recovery_id = $1',
        [recoveryId],
      );
      return row?.is_settled === true && row.state === 'failed' && row.reason === 'webhook_deleted';
    });
    expect(await service.database.query('SELECT 1 FROM pending_deliveries')).toEqual([]);
  });
});

describe('refused is', () => {
  const range = { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z', status: 'failed' };
  it.each([
    ['nothing', {}, ['/from', '/to', '/status']],
    ['a range that ends before it begins', { ...range, to: '2026-11-19T00:00:00Z' }, ['/to']],
    ['another status', { ...range, status: 'success' }, ['/status']],
    ['a rate of 0', { ...range, ratePerSecond: 0 }, ['/ratePerSecond']],
    ['a rate out of bounds', { ...range, ratePerSecond: 1e9 }, ['/ratePerSecond']],
    ['no event', { ...range, events: [] }, ['/events']],
    ['what is no event', { ...range, events: ['*'] }, ['/events/0']],
    ['an unknown field', { ...range, speed: 1 }, ['/speed']],
  ])('%s', async (_what, body, pointers) => {
    const answer = await app.client.call('POST', path('recover'), { body });
    expect(answer.status).toBe(422);
    const { errors } = answer.body as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('another tenant, who cannot see that it is there', async () => {
    const { recoveryId } = await recover();
    const { admin: stranger } = await addTenant(service, 'stranger@example.org');
    for (const [method, rest] of [
      ['POST', 'recover'],
      ['GET', 'recoveries'],
      ['GET', `recoveries/${recoveryId}`],
      ['POST', `recoveries/${recoveryId}/cancel`],
    ] as const) {
      expect((await stranger.call(method, path(rest))).status).toBe(404);
    }
    const other = await app.addWebhook(receiver.url);
    const strayed = `${app.base}/webhooks/${other.webhookId}/recoveries/${recoveryId}`;
    expect((await app.client.call('GET', strayed)).status).toBe(404);
  });

  it('more than a webhook can work off', async () => {
    await past({ count: 100 });
    for (let n = 0; n < 10; n += 1) await recover({ ratePerSecond: 1 });
    await expect(recover()).rejects.toThrow('409');
  });
});

describe('a dry run', () => {
  const dryRun = (override: Partial<RecoverRequest> = {}) => {
    const hour = [Date.now() - HOUR_MS, Date.now() + HOUR_MS].map((ms) => new Date(ms).toISOString());
    const body = {
      from: hour[0],
      to: hour[1],
      status: 'failed',
      ratePerSecond: 100,
      dryRun: true,
      ...override,
    };
    return app.client.call('POST', path('recover'), { body });
  };

  it.each(['failed', 'skipped', 'missing'] as const)(
    'counts what is %s and would be sent, beyond one page of a scan, and starts nothing',
    async (status) => {
      await past({ status, count: 1_250 });
      await past({ status, count: 3, event: 'message.sent' });
      await past({ status: 'success', count: 5 });
      const answer = await dryRun({ status, events: ['friend.*'] });
      expect([answer.status, answer.body]).toEqual([
        200,
        { data: { count: 1_250, isCountFinal: true, estimatedSeconds: 13 } },
      ]);
      expect(await app.client.data('GET', path('recoveries'))).toEqual([]);
      expect(arrivals().size).toBe(0);
      const entries = await app.client.call('GET', '/audit-log?action=recovery.started');
      expect(entries.body).toMatchObject({ data: [] });
    },
  );

  it('says the same as the recovery then sends: each callback once, without those that arrived', async () => {
    const lost = await past({ count: 4 });
    await addDeliveriesOf(
      service.database,
      webhook.webhookId,
      lost.slice(0, 2).map((row) => ({ ...row, deliveryId: uuidV7() })),
      'success',
    );
    expect((await dryRun()).body).toMatchObject({ data: { count: 2 } });
    const { recoveryId } = await recover();
    expect(await ended(recoveryId)).toMatchObject({ scheduled: 2 });
  });

  it('takes as long as the rate limit of the webhook makes it', async () => {
    await past({ count: 20 });
    await app.changeWebhook(webhook.webhookId, { rateLimitPerSecond: 2 });
    expect((await dryRun()).body).toMatchObject({ data: { count: 20, estimatedSeconds: 10 } });
  });

  it('is refused while too many recoveries have not ended', async () => {
    await app.call('POST', `/webhooks/${webhook.webhookId}/pause`);
    await past({ count: 1 });
    for (let times = 0; times < 10; times += 1) await recover();
    expect((await dryRun()).status).toBe(409);
  });

  it('is refused while the webhook is disabled', async () => {
    await app.call('POST', `/webhooks/${webhook.webhookId}/disable`);
    expect((await dryRun()).status).toBe(409);
  });
});
