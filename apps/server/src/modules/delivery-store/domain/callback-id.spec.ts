import { hash } from 'node:crypto';
import { v7 as uuidV7, validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { callbackIdOf } from './callback-id.js';

const EVENT_ID = '019aa55a-6c00-7abc-8def-0123456789ab';
const WEBHOOK_ID = '019aa000-0000-7000-8000-00000000000a';

/** A small generator (mulberry32), so that a failure can be repeated from the seed in its message. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('the callbackId', () => {
  it('never changes for an event and a webhook, in this version or a later one', () => {
    expect(callbackIdOf(EVENT_ID, WEBHOOK_ID)).toBe('019aa55a-6c00-8441-a5d1-ccbe46fc0426');
  });

  it('is the event’s time and a hash of both ids', () => {
    const digest = hash('sha256', Buffer.from((EVENT_ID + WEBHOOK_ID).replaceAll('-', ''), 'hex'), 'hex');
    const id = callbackIdOf(EVENT_ID, WEBHOOK_ID).replaceAll('-', '');
    expect(id.slice(0, 12)).toBe(EVENT_ID.replaceAll('-', '').slice(0, 12));
    expect(id.slice(13, 16)).toBe(digest.slice(13, 16));
    expect(id.slice(17)).toBe(digest.slice(17, 32));
  });

  it('does not depend on how the ids are written', () => {
    expect(callbackIdOf(EVENT_ID.toUpperCase(), WEBHOOK_ID.toUpperCase())).toBe(
      callbackIdOf(EVENT_ID, WEBHOOK_ID),
    );
  });

  it('is another one for another event or webhook, or for the two exchanged', () => {
    const seed = Date.now() % 1_000_000;
    const random = randomFrom(seed);
    const uuid = () => uuidV7({ random: Uint8Array.from({ length: 16 }, () => random() * 256) });
    const ids = new Set<string>();
    for (let i = 0; i < 2_000; i += 1) {
      const [eventId, webhookId] = [uuid(), uuid()];
      const id = callbackIdOf(eventId, webhookId);
      expect([validate(id), version(id), id.slice(0, 13)], `seed ${String(seed)}`).toEqual([
        true,
        8,
        eventId.slice(0, 13),
      ]);
      ids.add(id).add(callbackIdOf(webhookId, eventId)).add(callbackIdOf(eventId, WEBHOOK_ID));
    }
    expect(ids.size, `seed ${String(seed)}`).toBe(6_000);
  });

  it.each(['', 'abc', '019aa55a6c007abc8def0123456789ab', '019aa55a-6c00-7abc-8def-0123456789ag'])(
    '%j is no id',
    (text) => {
      expect(() => callbackIdOf(text, WEBHOOK_ID)).toThrow(TypeError);
      expect(() => callbackIdOf(EVENT_ID, text)).toThrow(TypeError);
    },
  );
});
