import { expect, it } from 'vitest';
import { planMessage } from './plan-message.js';

const NOW = 1_763_712_000_000;
const ago = (...seconds: number[]) => seconds.map((each) => NOW - each * 1_000);

it.each([
  ['one notice in quiet times', 1, ago(), { kind: 'single' }],
  ['five at once', 5, ago(), { kind: 'single' }],
  ['six at once', 6, ago(), { kind: 'group' }],
  ['three after three within the minute', 3, ago(50, 40, 30), { kind: 'group' }],
  ['what came more than a minute ago counts no more', 5, ago(61, 62, 63, 64), { kind: 'single' }],
  ['one more right after five', 1, ago(50, 40, 30, 20, 5), { kind: 'wait', forMs: 10_000 }],
  ['many right after five', 40, ago(50, 40, 30, 20, 5), { kind: 'wait', forMs: 10_000 }],
  ['many that gathered long enough', 40, ago(50, 40, 30, 20, 15), { kind: 'group' }],
  ['one that waited long enough', 1, ago(50, 40, 30, 20, 15), { kind: 'single' }],
  [
    'a message time that lies ahead counts as now',
    1,
    ago(50, 40, 30, 20, -99),
    { kind: 'wait', forMs: 15_000 },
  ],
])('%s', (_, waiting, times, expected) => {
  expect(planMessage(waiting, times, NOW)).toEqual(expected);
});

it('keeps a channel below 20 messages in every minute, however many notices come', () => {
  const sent: number[] = [];
  for (let now = NOW; now < NOW + 600_000; now += 1_000) {
    const plan = planMessage(3, sent, now);
    if (plan.kind !== 'wait') sent.push(now);
  }
  for (const start of sent) {
    expect(sent.filter((at) => at >= start && at < start + 60_000).length).toBeLessThan(20);
  }
  expect(sent.length).toBeGreaterThan(20);
});
