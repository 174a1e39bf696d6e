import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { addMember } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

/** None of these survives JSON.parse and JSON.stringify: an id beyond 2^53, a negative zero, digits, an exponent. */
const NUMBERS = '"serverSeq":653247040368672768,"zero":-0,"price":1.50,"far":1E+400';
const OWN_TYPE = 'shop.order.paid';
const OWN_EXAMPLE = `{${NUMBERS}}`;
const OWN_SCHEMA = '{"type":"object","properties":{"serverSeq":{"maximum":653247040368672769}}}';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let webhookId: string;
let support: ApiClient;

beforeAll(async () => {
  service = await startTestService();
  support = await addMember(service, 'support');
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
  ({ webhookId } = await app.addWebhook(receiver.url));
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

/** A message with numbers in known and in unknown fields. */
const MESSAGE = `${JSON.stringify(messageSent().data).slice(0, -1)},${NUMBERS},"seq":4182.0}`;

async function sendTest(body: string): Promise<string> {
  const answer = await app.call('POST', `/webhooks/${webhookId}/test`, { body });
  expect(answer.status).toBe(200);
  return receiver.callbacks.at(-1)!.text;
}

describe('numbers that a double cannot represent', () => {
  it.each([
    ['of the catalogue', 'message.sent'],
    ['with spaces', 'test.ping'],
  ])('are sent by a test as they were written: an event %s', async (_, event) => {
    const data = event === 'message.sent' ? MESSAGE : `{ "message":"hello",${NUMBERS} }`;
    expect(await sendTest(`{"event":"${event}","data":${data}}`)).toContain(`"data":${data}}`);
  });

  it('of an example of an own event type are kept, shown and sent as they were written', async () => {
    const body = `{"name":"${OWN_TYPE}","schema":${OWN_SCHEMA},"example":{ ${NUMBERS} }}`;
    const created = await service.admin.call('POST', '/event-types', { body });
    expect(created.status).toBe(201);
    const texts = [`"example":${OWN_EXAMPLE}`, `"schema":${OWN_SCHEMA}`];
    const description = { body: { description: { zh: '订单', en: 'Order' } } };
    const answers = [
      created,
      await service.admin.call('PATCH', `/event-types/${OWN_TYPE}`, description),
      await service.admin.call('GET', `/event-types/${OWN_TYPE}`),
      await service.admin.call('GET', '/event-types?limit=200'),
      await service.admin.call('GET', `/event-types/${OWN_TYPE}/versions`),
    ];
    for (const { text } of answers) for (const each of texts) expect(text).toContain(each);
    expect(await sendTest(`{"event":"${OWN_TYPE}"}`)).toContain(`"data":${OWN_EXAMPLE}}`);
  });

  it('are shown in the log as they were sent', async () => {
    const { deliveryId, eventId } = await app.deliver(`{"event":"message.sent","data":${MESSAGE}}`);
    const sent = receiver.callbacks.at(-1)!.text;
    expect(sent).toContain(`"data":${MESSAGE}}`);
    for (const path of [`/deliveries/${deliveryId}`, `/events/${eventId}`]) {
      expect((await app.call('GET', path)).text).toContain(`"payload":${MESSAGE}`);
    }
    const revealed = await support.call('POST', `${app.base}/deliveries/${deliveryId}/reveal`, { body: {} });
    expect(revealed.text).toContain(`"payload":${MESSAGE}`);
  });

  it('are shown to people who may not read messages as far as they are no content', async () => {
    const { deliveryId, eventId } = await app.deliver(`{"event":"message.sent","data":${MESSAGE}}`);
    for (const path of [`/deliveries/${deliveryId}`, `/events/${eventId}`]) {
      const { text } = await support.call('GET', `${app.base}${path}`);
      expect(text).toContain('"seq":4182.0');
      expect(text).toContain('"zero":"***"');
    }
    const exported = await support.call('GET', `${app.base}/events/export?format=ndjson`);
    expect(exported.text).toContain('"seq":4182.0');
  });
});
