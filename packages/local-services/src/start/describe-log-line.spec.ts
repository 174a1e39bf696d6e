import { describe, expect, it } from 'vitest';
import { describeLogLine } from './describe-log-line.js';

const line = (fields: Record<string, unknown>) =>
  JSON.stringify({
    level: 40,
    time: '2026-11-21T08:15:30.123Z',
    pid: 7,
    msg: 'delivery.attempted',
    ...fields,
  });

describe('a log line in the terminal', () => {
  it.each([
    [
      'a warning',
      line({ deliveryId: 'd1', attempt: 2 }),
      '08:15:30 warn delivery.attempted deliveryId=d1 attempt=2',
    ],
    [
      'an error with its cause',
      line({ level: 50, err: { message: 'connect\n refused', stack: 'long' } }),
      '08:15:30 error delivery.attempted connect refused',
    ],
    [
      'nested and absent fields',
      line({ phases: { dnsMs: 1 }, status: null }),
      '08:15:30 warn delivery.attempted',
    ],
    ['a line that is no JSON', 'SECRETS_KEY is required', 'SECRETS_KEY is required'],
    ['JSON that is no log entry', '42', '42'],
  ])('shows %s', (_what, input, shown) => {
    expect(describeLogLine(input)).toBe(shown);
  });

  it.each([
    ['information', line({ level: 30 })],
    ['an empty line', '  '],
  ])('does not show %s', (_what, input) => {
    expect(describeLogLine(input)).toBeNull();
  });

  it('cuts long values', () => {
    const shown = describeLogLine(line({ detail: 'x'.repeat(1000) }));
    expect(shown?.length).toBeLessThan(250);
  });
});
