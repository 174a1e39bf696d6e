import { describe, expect, it } from 'vitest';
import { arrival, evidence, posted, row } from '../testing/evidence.js';
import type { ChannelEvidence, Proof } from './evidence.js';
import { COUNTERS_AGREE, NOTHING_IS_LEFT, RATE_IS_KEPT, SUCCESS_IS_TRUE } from './rows.js';

const stats = (total: number, succeeded: number): ChannelEvidence['stats'] => ({
  ...{ total, succeeded, failed: 0, pending: 0 },
  ...{ attempts: total, attemptSuccessRate: 1, deliveredRate: 1, successRate: 1 },
});

describe('the records of the service', () => {
  it.each<[string, Proof, Partial<ChannelEvidence>, number]>([
    ['have nothing pending', NOTHING_IS_LEFT, { rows: [row(0)] }, 0],
    ['have something pending', NOTHING_IS_LEFT, { rows: [row(0, { status: 'pending' })] }, 1],
    ['count what is there', COUNTERS_AGREE, { rows: [row(0)], stats: stats(1, 1) }, 0],
    ['count what is not there', COUNTERS_AGREE, { rows: [row(0)], stats: stats(2, 1) }, 1],
    ['call a success what came', SUCCESS_IS_TRUE, { rows: [row(0)], arrivals: [arrival(0, 1)] }, 0],
    ['call a success what never came', SUCCESS_IS_TRUE, { rows: [row(0)] }, 1],
    ['miss an attempt', SUCCESS_IS_TRUE, { rows: [row(0, { attempts: 2 })], arrivals: [arrival(0, 1)] }, 1],
  ])('that %s', (_what, proof, channel, violations) => {
    expect(proof.violationsIn(evidence([posted(0)], channel))).toHaveLength(violations);
  });
});

describe('the rate limit', () => {
  const at = (perSecond: number): Partial<ChannelEvidence> => ({
    settings: { rateLimitPerSecond: 10 },
    arrivals: Array.from({ length: 100 }, (_, index) =>
      arrival(index, index, { atMs: (index * 1_000) / perSecond }),
    ),
  });

  it.each([
    ['at the limit', 10, [], 0],
    ['at twice the limit', 20, [], 1],
    ['at twice the limit, two workers without Redis', 20, [{ from: 0, until: 60_000 }], 0],
    ['at three times the limit, two workers without Redis', 30, [{ from: 0, until: 60_000 }], 1],
  ])('of ten a second, %s', (_how, perSecond, redisTroubles, violations) => {
    expect(RATE_IS_KEPT.violationsIn(evidence([], at(perSecond), { redisTroubles }))).toHaveLength(
      violations,
    );
  });
});
