import { DEFAULT_ALERT_RULES, type AlertRules } from '@im/contracts/api/alert-rules';
import { describe, expect, it } from 'vitest';
import {
  addUpEvents,
  previewAttempts,
  previewQuestions,
  QUARTER_MS,
  type AttemptQuarter,
} from './preview-windows.js';

const START = Date.parse('2026-05-21T00:00:00.000Z');
/** About a second, and about ten. */
const [FAST, SLOW] = [173, 231];

/** @param quarters what happened in each quarter: attempts and failures */
function attempts(quarters: [attempts: number, failures: number][], webhookId = 'w1'): AttemptQuarter[] {
  return quarters.map(([count, failures], index) => ({
    ...{ webhookId, startMs: START + index * QUARTER_MS, attempts: count, failures },
    bins: [FAST],
    binCounts: [count],
  }));
}

const rules = (change: Partial<AlertRules['success_rate']>): AlertRules => ({
  ...DEFAULT_ALERT_RULES,
  success_rate: { ...DEFAULT_ALERT_RULES.success_rate, windowMinutes: 15, ...change },
});

describe('how often a success rate would have fired', () => {
  it.each<[string, AttemptQuarter[], Partial<AlertRules['success_rate']>, number]>([
    ['never while all succeeds', attempts([[100, 0]]), {}, 0],
    [
      'once while it stays low',
      attempts([
        [100, 50],
        [100, 50],
      ]),
      {},
      1,
    ],
    [
      'again once it was well in between',
      attempts([
        [100, 50],
        [100, 0],
        [100, 50],
      ]),
      {},
      2,
    ],
    ['not for too few attempts', attempts([[10, 10]]), {}, 0],
    [
      'never below a lower threshold',
      attempts([[100, 50]]),
      { warningPercent: 40, criticalPercent: null },
      0,
    ],
    [
      'over a longer window',
      attempts([
        [100, 20],
        [100, 0],
        [100, 20],
      ]),
      { windowMinutes: 45, warningPercent: 95 },
      1,
    ],
    ['for each webhook', [...attempts([[100, 50]]), ...attempts([[100, 50]], 'w2')], {}, 2],
    ['never without attempts', [], {}, 0],
  ])('%s', (_, quarters, change, fired) => {
    expect(previewAttempts('success_rate', quarters, rules(change))).toBe(fired);
  });
});

it('events of a webhook count together, each quarter and each webhook apart', () => {
  const [first, second] = attempts([
    [10, 1],
    [20, 2],
  ]);
  const [other] = attempts([[40, 4]], 'w2');
  const slow = { ...first!, bins: [FAST, SLOW], binCounts: [4, 6] };
  expect(addUpEvents([first!, second!, slow, other!])).toEqual([
    { ...first!, attempts: 20, failures: 2, bins: [FAST, SLOW], binCounts: [14, 6] },
    second,
    other,
  ]);
});

it('slowness fires by the durations of all attempts in the window', () => {
  const [quarter] = attempts([[100, 0]]);
  const slow = { ...quarter!, bins: [FAST, SLOW], binCounts: [90, 10] };
  expect(previewAttempts('slow', [quarter!], DEFAULT_ALERT_RULES)).toBe(0);
  expect(previewAttempts('slow', [slow], DEFAULT_ALERT_RULES)).toBe(1);
});

it('before-callbacks fire by the share that the policy decided', () => {
  const quarter = { webhookId: 'w1', startMs: START, questions: 100, byPolicy: 30 };
  expect(previewQuestions([quarter], DEFAULT_ALERT_RULES)).toBe(1);
  expect(previewQuestions([{ ...quarter, byPolicy: 10 }], DEFAULT_ALERT_RULES)).toBe(0);
});
