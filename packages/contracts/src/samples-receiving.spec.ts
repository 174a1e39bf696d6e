import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sha256Hex } from './signature-node.js';
import { canonicalString, SIGNATURE_WINDOW_MS } from './signature.js';
import { ENVIRONMENT, freePort } from './testing/run.js';
import {
  compiled,
  KIT_RECEIVING,
  needsToReceive,
  RECEIVING,
  runnable,
  type Receiving,
} from './testing/sample-languages.js';

const SECRET = '密钥-secret';

/** Written as JSON libraries would not do it: a space, an escape, a number beyond a double's precision. */
const envelope = (id: number) =>
  String.raw`{"callbackId":"callback-${id}", "event":"message.sent","data":{"text":"你\u597d","seq":9007199254740993}}`;
const batch = (...entries: string[]) =>
  `{"batchId":"b1","appKey":"ak_demo_0001","webhookId":"w1","events":[${entries.join(', ')}]}`;

const languages = await runnable([...RECEIVING, ...KIT_RECEIVING], needsToReceive);

describe.each(languages)('the receiver in $name', (language) => {
  let directory = '';
  let receiver: Receiver;

  beforeAll(async () => {
    directory = await compiled(language);
    receiver = await startReceiver(language, directory, SECRET);
    await receiver.isUp();
  }, 120_000);
  afterAll(async () => {
    await receiver.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it.each([
    ['an old one', { ageMs: 2 * SIGNATURE_WINDOW_MS }],
    ['a changed body', { bodySent: envelope(0).replace('你', '您') }],
    ['one signed with another secret', { secret: 'another' }],
    ['one signed with an empty key', { secret: '' }],
  ])('refuses %s', async (_, changes) => {
    expect(await receiver.send(envelope(0), changes)).toBe(401);
  });

  it('handles each callback once, alone or in batches, and none of a batch that it refuses', async () => {
    const statuses = [];
    for (const body of [
      envelope(1),
      envelope(1),
      batch(envelope(2), envelope(3)),
      batch(envelope(2), envelope(3)),
      batch(envelope(3), envelope(4), envelope(1)),
      batch(envelope(5), '{"event":"message.sent","data":{}}'),
      '{"event":"message.sent","data":{}}',
      envelope(6),
    ]) {
      statuses.push(await receiver.send(body));
    }
    expect(statuses).toEqual([204, 204, 204, 204, 204, 400, 400, 204]);
    await vi.waitFor(() => expect(receiver.handled()).toContain('callback-6'), { timeout: 30_000 });
    expect(receiver.handled()).toEqual([1, 2, 3, 4, 6].map((id) => `callback-${String(id)}`));
  });

  it('does not accept anything without a secret', async () => {
    const unset = await startReceiver(language, directory, '');
    try {
      const outcome = await vi.waitFor(
        async () => (unset.hasEnded() ? 'ended' : await unset.send(envelope(1), { secret: '' })),
        { timeout: 50_000, interval: 50 },
      );
      expect(['ended', 500]).toContain(outcome);
      expect(unset.handled()).toEqual([]);
    } finally {
      await unset.stop();
    }
  });
});

interface Changes {
  ageMs?: number;
  bodySent?: string;
  secret?: string;
}

interface Receiver {
  isUp: () => Promise<unknown>;
  hasEnded: () => boolean;
  /** @returns the answer's status */
  send: (body: string, changes?: Changes) => Promise<number>;
  /** The ids that it printed. */
  handled: () => string[];
  stop: () => Promise<void>;
}

async function startReceiver(
  { receive }: Pick<Receiving, 'receive'>,
  directory: string,
  secret: string,
): Promise<Receiver> {
  const port = await freePort();
  const { command, args } = receive.run(directory);
  const variables = { PORT: String(port), APP_SECRET: secret, TMPDIR: directory };
  const server = spawn(command, args, {
    env: { ...ENVIRONMENT, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    isUp: () => vi.waitFor(() => fetch(`${url}/`), { timeout: 60_000, interval: 50 }),
    hasEnded: () => server.exitCode !== null,
    send: (body, changes = {}) => sendCallback(`${url}/callback`, body, changes),
    handled: () => printed.match(/callback-\d/g) ?? [],
    stop: () => stop(server),
  };
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill();
  await once(server, 'exit');
}

async function sendCallback(
  url: string,
  body: string,
  { ageMs = 0, bodySent = body, secret = SECRET }: Changes,
): Promise<number> {
  const nonce = randomBytes(16).toString('hex');
  const input = { appKey: 'ak_demo_0001', timestamp: String(Date.now() - ageMs), nonce };
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'X-App-Key': input.appKey,
      // The samples do not compare the number.
      ...(body.startsWith('{"batchId"') && { 'X-App-Batch': '2', 'X-App-Batch-Id': 'b1' }),
      'X-App-Timestamp': input.timestamp,
      'X-App-Nonce': input.nonce,
      // Not signSync, which refuses an empty key.
      'X-App-Signature': createHmac('sha256', secret)
        .update(canonicalString(input, sha256Hex(body)))
        .digest('hex'),
    },
    body: bodySent,
  });
  return response.status;
}
