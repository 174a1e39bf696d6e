import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mount } from '@vue/test-utils';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { getDelivery, revealDelivery } from '../deliveries.api.js';
import { logInAs } from '../../../testing/log-in-as.js';
import DeliveryContent from './DeliveryContent.vue';

beforeEach(() => {
  logInAs('developer');
});

/** Numbers that are others once they have been doubles. */
const PAYLOAD = '{"serverSeq":653247040368672768,"zero":-0,"price":1.50}';
const DETAIL = '"isContentMasked":false,"isPayloadKept":true,"attemptLog":[],"requestBody":null';

let server: Server;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(`{"data":{"deliveryId":"d1",${DETAIL},"payload":${PAYLOAD}}}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  (window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(
    `http://127.0.0.1:${String(port)}/`,
  );
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each([
  ['shown', () => getDelivery('ak_1', 'd1', new AbortController().signal)],
  ['revealed', () => revealDelivery('ak_1', 'd1')],
])('a payload that is %s has the numbers that were sent, digit by digit', async (_, load) => {
  const shown = mount(DeliveryContent, { props: { delivery: await load(), place: { tab: 'payload' } } });
  const lines = shown.findAll('code').map((line) => line.text());
  expect(lines.join('').replaceAll(/\s/g, '')).toBe(PAYLOAD);
});
