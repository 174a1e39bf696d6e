import { describe, expect, it } from 'vitest';
import { nextAction, type LaneView, type NextAction, type QueueView } from './next-action.js';

const NOW = 10_000;
const none: QueueView = { length: 0, oldest: undefined };

function queue(length: number, oldest: Partial<NonNullable<QueueView['oldest']>> = {}): QueueView {
  return { length, oldest: { mayPassBreaker: false, wasRefused: false, queuedAt: NOW - 10, ...oldest } };
}

const ready: LaneView = {
  live: queue(1),
  replays: none,
  inFlight: 0,
  inFlightLimit: 2,
  maySendReplay: true,
  hasUnwanted: false,
  isOpenable: true,
  isBreakerOpen: false,
  backoffUntil: 0,
  batch: null,
  rateLimitPerSecond: 0,
  tokens: 0,
  isAskingTokens: false,
};
const batch = { maxEvents: 10, maxWaitMs: 100 };
const limited = { rateLimitPerSecond: 5, tokens: 0 };
const SEND: NextAction = { kind: 'send', from: 'live' };
const REPLAY: NextAction = { kind: 'send', from: 'replays' };
const IDLE: NextAction = { kind: 'idle' };

describe('the next action of a webhook', () => {
  it.each<[string, Partial<LaneView>, NextAction]>([
    ['has one delivery', {}, SEND],
    ['has nothing', { live: none }, IDLE],
    ['has as many in flight as it may', { inFlight: 2 }, IDLE],
    ['has replays only', { live: none, replays: queue(3) }, REPLAY],
    ['has replays as well', { replays: queue(3) }, SEND],
    [
      'has replays only, but enough of them in flight',
      { live: none, replays: queue(3), maySendReplay: false },
      IDLE,
    ],
    ['was paused', { hasUnwanted: true }, { kind: 'release', which: 'unwanted' }],
    ['cannot be opened', { isOpenable: false }, { kind: 'release', which: 'all' }],
    ['has an open breaker', { isBreakerOpen: true }, { kind: 'release', which: 'all' }],
    [
      'has a probe for its open breaker',
      { isBreakerOpen: true, live: queue(1, { mayPassBreaker: true }) },
      SEND,
    ],
    ['was asked to back off', { backoffUntil: NOW + 500 }, { kind: 'wait', waitMs: 500 }],
    ['was asked to back off before', { backoffUntil: NOW }, SEND],
    [
      'was asked to back off, but a person asks',
      { backoffUntil: NOW + 500, live: queue(1, { mayPassBreaker: true }) },
      SEND,
    ],
    ['fills its batch', { batch, live: queue(3) }, { kind: 'wait', waitMs: 90 }],
    ['has a full batch', { batch, live: queue(10) }, SEND],
    ['has waited for its batch', { batch, live: queue(3, { queuedAt: NOW - 100 }) }, SEND],
    ['has one that was refused in a batch', { batch, live: queue(3, { wasRefused: true }) }, SEND],
    [
      'fills its batch and has replays, whose batch is full',
      { batch, live: queue(3), replays: queue(10) },
      REPLAY,
    ],
    [
      'fills its batch and was asked to back off for longer',
      { batch, live: queue(3), backoffUntil: NOW + 500 },
      { kind: 'wait', waitMs: 500 },
    ],
    ['has no tokens', limited, { kind: 'ask-rate' }],
    ['has no tokens and asked for some', { ...limited, isAskingTokens: true }, IDLE],
    ['has tokens', { ...limited, tokens: 1 }, SEND],
  ])('when it %s', (_, state, expected) => {
    expect(nextAction({ ...ready, ...state }, NOW, () => true)).toEqual(expected);
  });

  it('waits for a permit, which replays and others have apart', () => {
    const onlyLive = (isReplay: boolean) => !isReplay;
    expect(nextAction(ready, NOW, () => false)).toEqual({ kind: 'await-permit', isReplay: false });
    expect(nextAction(ready, NOW, onlyLive)).toEqual(SEND);
    expect(nextAction({ ...ready, live: none, replays: queue(1) }, NOW, onlyLive)).toEqual({
      kind: 'await-permit',
      isReplay: true,
    });
  });
});
