import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ingestEventRequestSchema } from './api/events.js';
import { findEvent } from './events/catalogue.js';
import { verifySync } from './signature-node.js';
import { SIGNATURE_WINDOW_MS } from './signature.js';
import { run } from './testing/run.js';
import { compiled, LANGUAGES, needsToSign, runnable } from './testing/sample-languages.js';

const SECRET = '密钥-secret';
const PROBLEM = 'the problem of this test';

describe.each(await runnable(LANGUAGES, needsToSign))('the sender in $name', (language) => {
  let directory = '';
  let service: Awaited<ReturnType<typeof startService>>;

  beforeAll(async () => {
    directory = await compiled(language);
  }, 120_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => {
    service.close();
  });

  const send = (secret: string | undefined, appKey = 'ak_of_the_test') =>
    run(language.send(directory), '', { IM_URL: service.url, APP_KEY: appKey, APP_SECRET: secret });

  it('sends an event that the service accepts', async () => {
    await send(SECRET);
    expect(service.received).toEqual([
      {
        url: '/api/v1/apps/ak_of_the_test/events',
        isGenuine: true,
        event: 'message.sent',
        text: '你好',
        problems: [],
      },
    ]);
  });

  it('prints why the service refuses', async () => {
    expect(await send(SECRET, 'ak_unknown')).toContain(PROBLEM);
  });

  it.each([
    ['is not set', undefined],
    ['is empty', ''],
  ])('sends nothing while the secret %s', async (_, secret) => {
    await expect(send(secret)).rejects.toThrow('APP_SECRET');
    expect(service.received).toEqual([]);
  });
});

/** The part of the service that verifies an app's signature and the event. */
async function startService() {
  const received: unknown[] = [];
  const server = createServer((request, response) => {
    void bytesOf(request).then((body) => {
      if (!request.url?.includes('/ak_of_the_test/')) {
        response.writeHead(404, { 'Content-Type': 'application/problem+json' });
        response.end(JSON.stringify({ detail: PROBLEM }));
        return;
      }
      received.push({ url: request.url, isGenuine: isGenuine(request, body), ...read(body) });
      response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"data":{}}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, received, close: () => server.close() };
}

function isGenuine({ headers }: IncomingMessage, body: Buffer): boolean {
  const read = (name: string) => String(headers[name] ?? '');
  const input = { appKey: read('x-app-key'), timestamp: read('x-app-timestamp'), nonce: read('x-app-nonce') };
  const isNow = Math.abs(Date.now() - Number(input.timestamp)) < SIGNATURE_WINDOW_MS;
  return isNow && verifySync(SECRET, input, body, read('x-app-signature'));
}

/** The event, and what is wrong with it by the catalogue. */
function read(body: Buffer) {
  const { event, data } = ingestEventRequestSchema.parse(JSON.parse(body.toString('utf8')));
  const { error } = findEvent(event)?.schema.safeParse(data) ?? {};
  return { event, text: data.text, problems: error?.issues ?? [] };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
