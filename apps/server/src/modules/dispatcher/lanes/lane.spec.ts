import { describe, expect, it, vi } from 'vitest';
import type { WebhookSettings } from '../../webhook-configs/webhook-settings.js';
import type { LeasedDelivery } from './leased-delivery.js';
import { Lane } from './lane.js';
import { PayloadMemory } from './payload-memory.js';

const settings = {
  webhookId: 'w',
  isEnabled: true,
  isDeleted: false,
  isPausedByPerson: false,
  isPaused: false,
  resumedAt: null,
  rateLimitPerSecond: 0,
} as WebhookSettings;

function delivery(deliveryId: string, characters = 10): LeasedDelivery {
  return { deliveryId, payload: 'x'.repeat(characters), recoveryId: null } as LeasedDelivery;
}

function lane(memory = new PayloadMemory()): Lane {
  return new Lane(settings, memory);
}

/** What it says is to be released. */
function releasedBy(own: Lane): LeasedDelivery[] {
  const action = own.next(0, () => true);
  return action.kind === 'release' ? action.deliveries : [];
}

const ids = (deliveries: LeasedDelivery[]) => deliveries.map(({ deliveryId }) => deliveryId);

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
    expect(own.queued).toBe(0);
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
    own.setBreakerOpen(true);
    own.setBreakerOpen(false);
    expect(own.inFlightLimit).toBe(1);
    expect(own.needsClaim).toBe(true);
  });
});

describe('a lane whose receiver is slow', () => {
  it('holds few deliveries and says when it holds too many', () => {
    const own = lane();
    for (let n = 0; n < 1_000; n += 1) own.add(delivery(String(n)));
    expect(own.hasTooMuch).toBe(false);
    own.markSlow();
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
      own.backlog.noteMore();
      expect(own.hasUnwanted).toBe(false);
      own.adopt({ ...settings, ...state });
      expect(ids(releasedBy(own))).toEqual(['a', 'b']);
      expect(own.hasUnwanted).toBe(false);
      expect(own.live.oldest).toBe(asked);
      expect(own.needsClaim).toBe(false);
      own.adopt(settings);
      expect(own.inFlightLimit).toBe(1);
      expect(own.needsClaim).toBe(true);
    },
  );

  it('gives up even that once the webhook is deleted', () => {
    const own = lane();
    own.add(asked);
    own.adopt({ ...settings, isEnabled: false, isDeleted: true });
    expect(ids(releasedBy(own))).toEqual(['asked for']);
  });
});

it('a lane whose breaker is open fetches nothing from the rows', () => {
  const own = lane();
  own.backlog.noteMore();
  own.setBreakerOpen(true);
  expect(own.needsClaim).toBe(false);
});

describe('a lane with a rate limit', () => {
  it('queues no more than is sent in some seconds, and forgets its tokens with the limit', async () => {
    const own = new Lane({ ...settings, rateLimitPerSecond: 2 }, new PayloadMemory());
    expect(own.room).toBe(11);
    expect(await own.refillTokens(() => Promise.resolve([2, 0]))).toBe(0);
    expect(own.tokens).toBe(2);
    own.adopt({ ...settings, rateLimitPerSecond: 1 });
    expect(own.tokens).toBe(0);
  });

  it('shares one answer of the rate limiter among all who ask at the same time', async () => {
    const own = new Lane({ ...settings, rateLimitPerSecond: 2 }, new PayloadMemory());
    const ask = vi.fn(() => Promise.resolve<[number, number]>([1, 0]));
    await Promise.all([own.refillTokens(ask), own.refillTokens(ask)]);
    expect(ask).toHaveBeenCalledTimes(1);
    expect([own.takeToken(), own.takeToken()]).toEqual([true, false]);
  });
});

describe('a rest that the receiver asked for', () => {
  const resting = {
    ...settings,
    url: 'https://example.com/a',
    retryPolicy: { maxDelayMs: 60_000 },
  } as WebhookSettings;

  it('lasts no longer than the longest delay of the policy', () => {
    const own = new Lane(resting, new PayloadMemory());
    own.backOff(1_000, 3_600_000);
    expect(own.backoffUntil).toBe(61_000);
  });

  it('ends when the webhook is resumed or gets another address', () => {
    const own = new Lane(resting, new PayloadMemory());
    own.backOff(1_000, 30_000);
    own.adopt({ ...resting, url: 'https://example.com/b' });
    expect(own.backoffUntil).toBe(0);
    own.backOff(1_000, 30_000);
    own.setBreakerOpen(true);
    own.setBreakerOpen(false);
    expect(own.backoffUntil).toBe(0);
    own.backOff(1_000, 30_000);
    own.adopt({ ...resting, resumedAt: new Date(1) });
    expect(own.backoffUntil).toBe(0);
    own.backOff(1_000, 30_000);
    own.adopt({ ...resting, resumedAt: new Date(1) });
    expect(own.backoffUntil).toBe(31_000);
  });
});
