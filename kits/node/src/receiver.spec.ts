import { beforeEach, describe, expect, it } from 'vitest';
import { allow, deny, modify, type BeforeAnswer } from './before-answer.js';
import type { CallbackError } from './errors.js';
import type { Callback } from './parse.js';
import { createReceiver, type Receiver } from './receiver.js';
import { MemorySeenStore } from './seen-store.js';
import { batch, envelope, SECRET, signed } from './testing/test-cases.js';

let handled: string[] = [];
let errors: unknown[] = [];
let refused: string[] = [];
let work: (callback: Callback) => Promise<void> | void;
let receiver: Receiver;

beforeEach(() => {
  handled = [];
  errors = [];
  refused = [];
  work = () => undefined;
  receiver = receiverWith({});
});

function receiverWith(more: { onBefore?: (question: Callback) => BeforeAnswer; secrets?: string[] }) {
  return createReceiver({
    secrets: SECRET,
    onEvent: async (callback) => {
      await work(callback);
      handled.push(callback.callbackId);
    },
    onRefused: (error: CallbackError) => refused.push(error.code),
    onError: (error) => errors.push(error),
    ...more,
  });
}

async function send(body: string, headers = signed(body)): Promise<number> {
  return (await receiver.handle(headers, Buffer.from(body))).status;
}

const inBatch = (body: string) => signed(body, { 'X-App-Batch': '2', 'X-App-Batch-Id': 'b1' });

describe('a receiver', () => {
  it('handles each event once, alone or in batches', async () => {
    const statuses = [];
    for (const body of [envelope('c1'), envelope('c1')]) statuses.push(await send(body));
    for (const body of [batch('c1', 'c2'), batch('c3', 'c3', 'c2')])
      statuses.push(await send(body, inBatch(body)));
    expect(statuses).toEqual([204, 204, 204, 204]);
    expect(handled).toEqual(['c1', 'c2', 'c3']);
  });

  it('refuses the same request a second time', async () => {
    const body = envelope('c1');
    const headers = signed(body);
    expect([await send(body, headers), await send(body, headers)]).toEqual([204, 401]);
    expect(refused).toEqual(['replayed']);
  });

  it('refuses what is wrong and handles none of it', async () => {
    const body = envelope('c1');
    expect(await send(`${body} `, signed(body))).toBe(401);
    expect(await send(body, {})).toBe(401);
    expect(await send('{}')).toBe(400);
    expect(refused).toEqual(['wrong_signature', 'missing_header', 'malformed_body']);
    expect(handled).toEqual([]);
  });

  it('takes an event again when its handler failed, even as the same request', async () => {
    const body = envelope('c1');
    const headers = signed(body);
    work = () => {
      throw new Error('database away');
    };
    expect(await send(body, headers)).toBe(500);
    work = () => undefined;
    expect(await send(body, headers)).toBe(204);
    expect(handled).toEqual(['c1']);
    expect(errors).toHaveLength(1);
  });

  it('remembers what it handled of a batch that failed later', async () => {
    const body = batch('c1', 'c2');
    work = ({ callbackId }) => {
      if (callbackId === 'c2') throw new Error('database away');
    };
    expect(await send(body, inBatch(body))).toBe(500);
    work = () => undefined;
    expect(await send(body, inBatch(body))).toBe(204);
    expect(handled).toEqual(['c1', 'c2']);
  });

  it('does not call an event delivered while another request still handles it', async () => {
    const started = Promise.withResolvers<undefined>();
    const done = Promise.withResolvers<undefined>();
    work = () => {
      started.resolve(undefined);
      return done.promise;
    };
    const first = send(envelope('c1'));
    await started.promise;
    expect(await send(envelope('c1'))).toBe(503);
    done.resolve(undefined);
    expect(await first).toBe(204);
    expect(await send(envelope('c1'))).toBe(204);
    expect(handled).toEqual(['c1']);
  });

  it('is not made without a secret', () => {
    expect(() => receiverWith({ secrets: [] })).toThrow(TypeError);
    expect(() => receiverWith({ secrets: [SECRET, ''] })).toThrow(TypeError);
  });
});

describe('a question before an event', () => {
  const body = '{"callbackId":"c1","event":"message.sent","data":{"id":9007199254740993}}';
  const ask = () => receiver.handle(signed(body, { 'X-App-Kind': 'before' }), Buffer.from(body));

  it.each<[BeforeAnswer, text: string]>([
    [allow(), '{"decision":"allow"}'],
    [deny({ code: 5001, reason: '不行' }), '{"decision":"deny","code":5001,"reason":"不行"}'],
    [modify({ id: 9007199254740993n }), '{"decision":"modify","changes":{"id":9007199254740993}}'],
  ])('is answered by $0.decision', async (answer, text) => {
    receiver = receiverWith({ onBefore: () => answer });
    expect(await ask()).toMatchObject({ status: 200, body: text });
    expect(handled).toEqual([]);
  });

  it('is answered with allow without a handler', async () => {
    expect(await ask()).toMatchObject({ status: 200, body: '{"decision":"allow"}' });
  });
});

describe('the memory of what was handled', () => {
  it('is bounded, and forgets after a time', () => {
    let now = 0;
    const store = new MemorySeenStore(2, () => now);
    for (const id of ['a', 'b', 'c']) {
      store.begin(id, 100);
      store.finish(id);
    }
    expect(['b', 'c'].map((id) => store.begin(id, 100))).toEqual(['done', 'done']);
    expect(store.begin('a', 100)).toBe('new');
    now = 100;
    expect(store.begin('c', 100)).toBe('new');
  });
});
