/** An event says which source it came from, wherever it is shown. */
import type { Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import type { EventDetail } from '@im/contracts/api/event-log';
import type { Source, TestedSource } from '@im/contracts/api/sources';
import type { TracePage } from '@im/contracts/api/trace';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { fixedRetry } from '../../testing/app-under-test.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start();
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
});
afterEach(() => receiver.stop());

const read = <T>(path: string) => app.client.data<T>('GET', `${app.base}${path}`);
const addSource = (name: string) =>
  app.client.data<Source>('POST', `${app.base}/sources`, { body: { kind: 'openim', name } });

/** Plays a request through the source. @returns the id of its event */
async function play({ sourceId }: Source): Promise<string> {
  const played = await app.client.data<TestedSource>('POST', `${app.base}/sources/${sourceId}/test`, {
    body: {},
  });
  return played.eventIds[0]!;
}

describe('an event of a source', () => {
  it('names it by its present name and kind, and still when it is deleted', async () => {
    const source = await addSource('first name');
    const path = `${app.base}/sources/${source.sourceId}`;
    const eventId = await play(source);
    const [delivery] = await app.settled(eventId);
    await app.client.data('PATCH', path, { body: { name: 'production' } });
    const expected = { kind: 'source', name: 'production', sourceId: source.sourceId, sourceKind: 'openim' };
    const shown = async () => [
      (await read<EventDetail>(`/events/${eventId}`)).receivedFrom,
      (await read<DeliveryDetail>(`/deliveries/${delivery!.deliveryId}`)).receivedFrom,
      (await read<TracePage['data']>(`/trace?eventId=${eventId}`))[0]?.receivedFrom,
    ];
    expect(await shown()).toEqual(Array(3).fill({ ...expected, isSourceDeleted: false }));
    await app.client.call('DELETE', path);
    expect(await shown()).toEqual(Array(3).fill({ ...expected, isSourceDeleted: true }));
  });

  it('that is no longer kept leaves deliveries that do not know it', async () => {
    const eventId = await play(await addSource('production'));
    const [delivery] = await app.settled(eventId);
    await service.database.query('DELETE FROM events WHERE event_id = $1', [eventId]);
    const detail = await read<DeliveryDetail>(`/deliveries/${delivery!.deliveryId}`);
    expect(detail).toMatchObject({ receivedFrom: null, isPayloadKept: false });
  });
});

it('deliveries are filtered by the source of their event', async () => {
  const [first, second] = [await addSource('first'), await addSource('second')];
  const ofFirst = [await play(first)];
  await app.settled(ofFirst[0]!);
  receiver.answerWith(503);
  const failed = await play(second);
  await app.post();
  ofFirst.push(await play(first));
  for (const eventId of [...ofFirst, failed]) await app.settled(eventId);
  const eventsOf = async (query: string) =>
    (await read<Delivery[]>(`/deliveries?${query}`)).map(({ eventId }) => eventId);
  const filters: [query: string, expected: string[]][] = [
    [`sourceId=${first.sourceId}`, ofFirst.toReversed()],
    [`sourceId=${second.sourceId}`, [failed]],
    [`sourceId=${second.sourceId}&order=asc&status=success`, []],
    [`sourceId=${second.sourceId}&kind=event`, [failed]],
    [`sourceId=${second.sourceId}&responseStatus=503`, [failed]],
    [`sourceId=${second.sourceId}&q=server_error`, [failed]],
    [`sourceId=${first.sourceId}&q=${failed}`, []],
    [`sourceId=${first.sourceId}&q=${ofFirst[0]!}`, [ofFirst[0]!]],
    [`sourceId=${first.sourceId}&eventId=${ofFirst[0]!}`, [ofFirst[0]!]],
    [`sourceId=${first.sourceId}&eventId=${failed}`, []],
    [`sourceId=${first.sourceId}&status=failed`, [ofFirst[1]!]],
    ['sourceId=01900000-0000-7000-8000-000000000000', []],
  ];
  for (const [query, expected] of filters) expect([query, await eventsOf(query)]).toEqual([query, expected]);
});
