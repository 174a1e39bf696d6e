import { describe, expect, it } from 'vitest';
import { phaseBarsOf } from './phase-bars.js';

const NONE = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null };

function widths(bars: ReturnType<typeof phaseBarsOf>): [string, number][] {
  return bars.map((bar) => [bar.phase, Math.round(bar.widthPercent * 10) / 10]);
}

describe('phaseBarsOf', () => {
  it('shares the width among the phases and the rest', () => {
    const bars = phaseBarsOf({
      phases: { dnsMs: 10, connectMs: 20, tlsMs: 30, firstByteMs: 120 },
      durationMs: 200,
    });
    expect(widths(bars)).toEqual([
      ['dns', 5],
      ['connect', 10],
      ['tls', 15],
      ['firstByte', 60],
      ['rest', 10],
    ]);
    expect(bars.at(-1)?.durationMs).toBe(20);
  });

  it('leaves out what a kept-alive connection does not do', () => {
    const bars = phaseBarsOf({ phases: { ...NONE, firstByteMs: 40 }, durationMs: 50 });
    expect(widths(bars)).toEqual([
      ['firstByte', 80],
      ['rest', 20],
    ]);
  });

  it('shows the wait for a connection that never came as the rest', () => {
    expect(widths(phaseBarsOf({ phases: NONE, durationMs: 10_000 }))).toEqual([['rest', 100]]);
  });

  it.each([
    ['phases that round up beyond the whole', { ...NONE, connectMs: 6, firstByteMs: 6 }, 11.9],
    ['a rest that is only rounding', { ...NONE, connectMs: 6, firstByteMs: 6 }, 12.05],
  ])('fills exactly the width with %s', (_, phases, durationMs) => {
    const bars = phaseBarsOf({ phases, durationMs });
    expect(bars.map((bar) => bar.phase)).toEqual(['connect', 'firstByte']);
    expect(bars.reduce((sum, bar) => sum + bar.widthPercent, 0)).toBeCloseTo(100, 0);
  });

  it.each([
    ['no time at all', NONE, []],
    ['a phase too short to measure', { ...NONE, connectMs: 0 }, [['connect', 100]]],
  ])('stands %s', (_, phases, expected) => {
    expect(widths(phaseBarsOf({ phases, durationMs: 0 }))).toEqual(expected);
  });
});
