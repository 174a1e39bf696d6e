import { describe, expect, it } from 'vitest';
import type { WebhookSettings } from '../../webhook-configs/webhook-settings.js';
import type { HeldDelivery } from './held-delivery.js';
import { Lane } from './lane.js';
import { PayloadMemory } from './payload-memory.js';

const settings = {
  webhookId: 'w',
  isEnabled: true,
  isPausedByPerson: false,
  isPaused: false,
  resumedAt: null,
  rateLimitPerSecond: 0,
} as WebhookSettings;

function delivery(deliveryId: string, characters = 10): HeldDelivery {
  return { deliveryId, payload: 'x'.repeat(characters), recoveryId: null } as HeldDelivery;
}

function lane(memory = new PayloadMemory()): Lane {
  return new Lane(settings, memory);
}

const ids = (deliveries: HeldDelivery[]) => deliveries.map(({ deliveryId }) => deliveryId);

describe('a lane', () => {
  it('gives what came first, except for what goes before all others', () => {
    const own = lane();
    for (const id of ['a', 'b', 'c']) own.add(delivery(id));
    expect(ids(own.live.take(1))).toEqual(['a']);
    own.addFirst([delivery('urgent 1'), delivery('urgent 2')]);
    own.add(delivery('d'));
    expect(own.live.oldest?.deliveryId).toBe('urgent 1');
    expect(ids(own.live.take(3))).toEqual(['urgent 1', 'urgent 2', 'b']);
    expect(ids(own.takeAll())).toEqual(['c', 'd']);
    expect(own.waiting).toBe(0);
  });

  it('keeps its order over many thousands', () => {
    const own = lane();
    const taken: string[] = [];
    for (let n = 0; n < 20_000; n += 1) {
      own.add(delivery(String(n)));
      if (n % 3 !== 0) taken.push(...ids(own.live.take(1)));
    }
    taken.push(...ids(own.takeAll()));
    expect(taken).toEqual(Array.from({ length: 20_000 }, (_, n) => String(n)));
  });

  it('puts no more payload into one request than a receiver can be asked to take, yet at least one', () => {
    const own = lane();
    for (const id of ['a', 'b', 'c']) own.add(delivery(id, 900_000));
    own.add(delivery('huge', 3_000_000));
    expect(ids(own.live.take(100))).toEqual(['a', 'b']);
    expect(ids(own.live.take(100))).toEqual(['c']);
    expect(ids(own.live.take(100))).toEqual(['huge']);
  });

  it('has room for thousands, and for few once the payloads of all lanes take much memory', () => {
    const memory = new PayloadMemory();
    const [own, other] = [lane(memory), lane(memory)];
    expect(own.room).toBeGreaterThanOrEqual(1_000);
    other.add(delivery('huge', 50_000_000));
    expect(own.room).toBeLessThanOrEqual(20);
    other.takeAll();
    expect(own.room).toBeGreaterThanOrEqual(1_000);
  });

  it('drains gently and from the rows once its breaker closes', () => {
    const own = lane();
    own.setPaused(true);
    own.setPaused(false);
    expect(own.pace.inFlightLimit).toBe(1);
    expect(own.needsRefill).toBe(true);
  });
});

describe('a lane whose receiver is slow', () => {
  it('holds few deliveries and says when it holds too many', () => {
    const own = lane();
    for (let n = 0; n < 1_000; n += 1) own.add(delivery(String(n)));
    expect(own.hasTooMuch).toBe(false);
    own.pace.markSlow();
    expect(own.room).toBe(0);
    expect(own.hasTooMuch).toBe(true);
    own.takeAll();
    expect(own.room).toBeGreaterThan(0);
  });
});

describe('a lane whose webhook is disabled or paused by a person', () => {
  const asked = { ...delivery('asked for'), passesHolds: true };

  it.each([{ isEnabled: false }, { isPausedByPerson: true }])(
    'gives up what waits in it but for what a person asked for: %o',
    (state) => {
      const own = lane();
      own.add(delivery('a'));
      own.add(asked);
      own.add(delivery('b'));
      own.hasMoreInRows = true;
      expect(own.takeUnwanted()).toEqual([]);
      own.adopt({ ...settings, ...state });
      expect(ids(own.takeUnwanted())).toEqual(['a', 'b']);
      expect(own.live.oldest).toBe(asked);
      expect(own.needsRefill).toBe(false);
      own.adopt(settings);
      expect(own.pace.inFlightLimit).toBe(1);
      expect(own.needsRefill).toBe(true);
    },
  );

  it('gives up even that once the webhook is deleted', () => {
    const own = lane();
    own.add(asked);
    own.adopt({ ...settings, isEnabled: false, isDeleted: true });
    expect(ids(own.takeUnwanted())).toEqual(['asked for']);
  });
});

it('a lane whose breaker is open fetches nothing from the rows', () => {
  const own = lane();
  own.hasMoreInRows = true;
  own.setPaused(true);
  expect(own.needsRefill).toBe(false);
});

it('a lane with a rate limit holds no more than goes out in some seconds, and forgets its allowance with the limit', () => {
  const own = new Lane({ ...settings, rateLimitPerSecond: 2 }, new PayloadMemory());
  expect(own.room).toBe(11);
  own.allowance = 2;
  own.adopt({ ...settings, rateLimitPerSecond: 1 });
  expect(own.allowance).toBe(0);
});

describe('a rest that the receiver asked for', () => {
  const resting = {
    ...settings,
    url: 'https://example.com/a',
    retryPolicy: { maxDelayMs: 60_000 },
  } as WebhookSettings;

  it('lasts no longer than the longest delay of the policy', () => {
    const own = new Lane(resting, new PayloadMemory());
    own.rest(1_000, 3_600_000);
    expect(own.restsUntil).toBe(61_000);
  });

  it('ends when the webhook is resumed or gets another address', () => {
    const own = new Lane(resting, new PayloadMemory());
    own.rest(1_000, 30_000);
    own.adopt({ ...resting, url: 'https://example.com/b' });
    expect(own.restsUntil).toBe(0);
    own.rest(1_000, 30_000);
    own.setPaused(true);
    own.setPaused(false);
    expect(own.restsUntil).toBe(0);
    own.rest(1_000, 30_000);
    own.adopt({ ...resting, resumedAt: new Date(1) });
    expect(own.restsUntil).toBe(0);
    own.rest(1_000, 30_000);
    own.adopt({ ...resting, resumedAt: new Date(1) });
    expect(own.restsUntil).toBe(31_000);
  });
});
