import { describe, expect, it } from 'vitest';
import { summarizeOutcomes, type RecordedAttempt } from './summarize-outcomes.js';

let next = 0;
function attempt(overrides: Partial<RecordedAttempt> = {}): RecordedAttempt {
  next += 1;
  return {
    request: {},
    webhookId: 'w1',
    deliveryId: `d${String(next)}`,
    kind: 'event',
    status: 'success',
    errorClass: null,
    responseStatus: 200,
    startedAt: new Date(next),
    ...overrides,
  };
}
const failure = (overrides: Partial<RecordedAttempt> = {}) =>
  attempt({ status: 'pending', errorClass: 'server_error', responseStatus: 500, ...overrides });
const givenUp = (overrides: Partial<RecordedAttempt> = {}) => failure({ status: 'failed', ...overrides });

describe('summarizeOutcomes', () => {
  it('counts the deliveries of a failed batch as one failure in a row, and each of them as exhausted', () => {
    const request = {};
    const batch = [givenUp({ request }), givenUp({ request }), failure({ request })];
    expect(summarizeOutcomes([...batch, failure()])).toMatchObject([{ trailingFailures: 2, exhausted: 2 }]);
  });

  it('counts failures after the last success only', () => {
    expect(summarizeOutcomes([failure(), failure(), attempt(), failure()])).toMatchObject([
      { exhausted: 0, hasSuccess: true, trailingFailures: 1 },
    ]);
  });

  it('counts every failure when there was no success', () => {
    expect(summarizeOutcomes([failure(), failure()])).toMatchObject([
      { hasSuccess: false, trailingFailures: 2 },
    ]);
  });

  it('counts exhausted deliveries in total, and after the last success', () => {
    expect(summarizeOutcomes([givenUp(), attempt(), givenUp({ deliveryId: 'last' })])).toMatchObject([
      { exhausted: 2, trailingExhausted: 1, lastExhaustedDeliveryId: 'last' },
    ]);
  });

  it('counts a test send for the webhook’s health, never as exhausted', () => {
    expect(summarizeOutcomes([givenUp({ kind: 'test' })])).toMatchObject([
      { exhausted: 0, trailingFailures: 1 },
    ]);
    expect(summarizeOutcomes([attempt({ kind: 'test' })])).toMatchObject([
      { hasSuccess: true, trailingFailures: 0 },
    ]);
  });

  it('notices that the receiver is gone', () => {
    expect(summarizeOutcomes([givenUp({ errorClass: 'gone', responseStatus: 410 })])).toMatchObject([
      { isGone: true },
    ]);
  });

  it('keeps webhooks apart', () => {
    const summaries = summarizeOutcomes([attempt({ webhookId: 'a' }), failure({ webhookId: 'b' })]);
    expect(summaries.map(({ webhookId, trailingFailures }) => [webhookId, trailingFailures])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });
});
