import { describe, expect, it } from 'vitest';
import { pacedAfterMs, planStep, type RecoveryStanding } from './plan-step.js';

function standing(override: Partial<RecoveryStanding> = {}): RecoveryStanding {
  return {
    isWebhookDeleted: false,
    isWebhookEnabled: true,
    isWebhookPaused: false,
    isBreakerOpen: false,
    isAnotherScanning: false,
    isScanned: false,
    pending: 0,
    unattempted: 0,
    ratePerSecond: 100,
    unpacedMs: 500,
    ...override,
  };
}

describe('the next step of a recovery', () => {
  it.each([
    ['schedules what its rate allows', {}, { kind: 'schedule', count: 50, waitingFor: null }],
    [
      'makes up for a second at most',
      { unpacedMs: 60_000 },
      { kind: 'schedule', count: 100, waitingFor: null },
    ],
    [
      'reaches one however slow it is',
      { ratePerSecond: 1, unpacedMs: 60_000 },
      { kind: 'schedule', count: 1, waitingFor: null },
    ],
    [
      'leaves no more waiting than a receiver takes soon',
      { ratePerSecond: 2_000, unattempted: 400, unpacedMs: 1_000 },
      { kind: 'schedule', count: 100, waitingFor: null },
    ],
    ['waits while enough wait', { unattempted: 100 }, { kind: 'wait', waitingFor: 'receiver' }],
    ['waits while very many are retried', { pending: 5_000 }, { kind: 'wait', waitingFor: 'receiver' }],
    [
      'waits while a person has paused the webhook',
      { isWebhookPaused: true, isBreakerOpen: true },
      { kind: 'wait', waitingFor: 'webhook_paused' },
    ],
    [
      'keeps one waiting while the breaker is open',
      { isBreakerOpen: true },
      { kind: 'schedule', count: 1, waitingFor: 'breaker' },
    ],
    [
      'and no more',
      { isBreakerOpen: true, pending: 7, unattempted: 7 },
      { kind: 'schedule', count: 0, waitingFor: 'breaker' },
    ],
    [
      'lets earlier ones go first',
      { isAnotherScanning: true },
      { kind: 'wait', waitingFor: 'earlier_recovery' },
    ],
    [
      'waits for the last outcomes',
      { isScanned: true, pending: 1 },
      { kind: 'wait', waitingFor: 'outcomes' },
    ],
    [
      'is through with the last outcome',
      { isScanned: true },
      { kind: 'end', state: 'completed', reason: null },
    ],
    ['pauses with its webhook', { isWebhookEnabled: false }, { kind: 'pause', reason: 'webhook_disabled' }],
    [
      'ends with its webhook',
      { isWebhookDeleted: true },
      { kind: 'end', state: 'failed', reason: 'webhook_deleted' },
    ],
  ])('%s', (_what, override, expected) => {
    expect(planStep(standing(override))).toEqual(expected);
  });
});

it('over many steps keeps to the rate, however unevenly they come', () => {
  let unpacedMs = 0;
  let scheduled = 0;
  for (const passedMs of Array.from({ length: 200 }, (_, n) => (n * 37) % 400)) {
    unpacedMs += passedMs;
    const step = planStep(standing({ unpacedMs }));
    if (step.kind !== 'schedule' || step.count === 0) continue;
    scheduled += step.count;
    unpacedMs -= pacedAfterMs(standing({ unpacedMs }), step.count);
  }
  const passedMs = Array.from({ length: 200 }, (_, n) => (n * 37) % 400).reduce((sum, ms) => sum + ms, 0);
  expect(scheduled).toBeGreaterThan(passedMs / 10 - 2);
  expect(scheduled).toBeLessThanOrEqual(passedMs / 10);
});
