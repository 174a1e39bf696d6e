import { describe, expect, it } from 'vitest';
import { countdownText } from './countdown.js';

const NOW = Date.parse('2026-11-21T08:00:00.000Z');

describe('countdownText', () => {
  it.each([
    [1, '0:01'],
    [1_000, '0:01'],
    [1_001, '0:02'],
    [59_000, '0:59'],
    [60_000, '1:00'],
    [750_000, '12:30'],
    [3_600_000, '1:00:00'],
    [7_445_000, '2:04:05'],
    [259_200_000, '72:00:00'],
  ])('%d ms are %s', (waitMs, text) => {
    expect(countdownText(new Date(NOW + waitMs).toISOString(), NOW)).toBe(text);
  });

  it.each([
    ['is reached', '2026-11-21T08:00:00.000Z'],
    ['has passed', '2026-11-21T07:59:00.000Z'],
    ['cannot be read', 'soon'],
  ])('is empty when the instant %s', (_, instant) => {
    expect(countdownText(instant, NOW)).toBe('');
  });
});
