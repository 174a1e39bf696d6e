/** Reads everything that support may read, including future routes. */
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import type { RouteContract } from '@im/contracts/routes/route';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addOneOfEverything, fillPath } from '../../testing/access-fixture.js';
import type { ApiClient } from '../../testing/api-client.js';
import { eventually, fixedRetry } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { addMember } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const SECRET = 'meet-me-at-noon';
/** Of the callback's URL: in its path, and in its query. */
const URL_TOKENS = ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'abcdefgh-in-the-query'] as const;
const MESSAGE_ID = 'm-of-the-secret';

let service: TestService;
let support: ApiClient;
let ids: Record<string, string>;

beforeAll(async () => {
  service = await startTestService();
  support = await addMember(service, 'support');
  const things = await addOneOfEverything(service);
  const { app } = things;
  const receiver = await CallbackReceiver.start(app.appSecret);
  receiver.answerBy((response, { text }) => {
    const location = `https://example.com/${SECRET}?q=${SECRET}`;
    response.writeHead(404, { location, 'x-echo': SECRET, allow: 'GET' }).end(text);
  });
  const { webhookId } = await app.addWebhook(
    `${receiver.url}/robot/${URL_TOKENS[0]}?access_token=${URL_TOKENS[1]}`,
    { retryPolicy: fixedRetry(1) },
  );
  await app.changeWebhook(webhookId, { url: `${receiver.url}/robot/${URL_TOKENS[0]}?key=${URL_TOKENS[1]}` });
  const words = { senderNickname: SECRET, text: SECRET, content: { [SECRET]: SECRET }, extra: [SECRET] };
  const { eventId } = await app.post(messageSent({ messageId: MESSAGE_ID, ...words, alsoHere: SECRET }));
  const delivery = await eventually(async () => {
    const deliveries = await app.deliveries(`?eventId=${eventId}`);
    return deliveries.find((each) => each.webhookId === webhookId && each.status === 'failed');
  });
  await receiver.stop();
  ids = { ...things.ids, webhookId, eventId, deliveryId: delivery.deliveryId };
});

afterAll(() => service.stop());

function isReadBySupport({ method, access, answer }: RouteContract): boolean {
  const isStream = 'mediaTypes' in answer && answer.mediaTypes.includes('text/event-stream');
  return method === 'GET' && access !== 'public' && access.roles.includes('support') && !isStream;
}

/** Plain, and filtered by the message if the route can. */
function queriesOf({ query }: RouteContract): string[] {
  const shape = query?.shape ?? {};
  const formats = 'format' in shape ? ['?format=csv', '?format=ndjson'] : [''];
  return 'messageId' in shape ? [...formats, `?messageId=${MESSAGE_ID}`] : formats;
}

const routes = ALL_ROUTES.filter(isReadBySupport).map((route) => [route.operationId, route] as const);

it.each(routes)('%s shows support no message content', async (_operationId, route) => {
  for (const query of queriesOf(route)) {
    const answer = await support.call('GET', fillPath(route, ids) + query);
    expect(answer.text).not.toContain(SECRET);
    for (const token of URL_TOKENS) expect(answer.text).not.toContain(token);
  }
});

it('would find them', async () => {
  const route = ALL_ROUTES.find(({ operationId }) => operationId === 'getDelivery')!;
  expect(routes.map(([operationId]) => operationId)).toEqual(
    expect.arrayContaining(['getDelivery', 'getEvent', 'exportEvents', 'listDeliveries']),
  );
  const answer = await service.admin.call('GET', fillPath(route, ids));
  expect(answer.text).toContain(SECRET);
  for (const token of URL_TOKENS) expect(answer.text).toContain(token);
});
