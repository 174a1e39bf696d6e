import { describe, expect, it } from 'vitest';
import { planFaults, type PlanOptions } from './plan-faults.js';

const OPTIONS: PlanOptions = { seed: 7, durationMs: 20_000, slots: 4, receivers: 2, channels: 5 };

describe('a plan of faults', () => {
  it('is the same again with the same seed, and another with another', () => {
    expect(planFaults(OPTIONS)).toEqual(planFaults(OPTIONS));
    expect(planFaults({ ...OPTIONS, seed: 8 })).not.toEqual(planFaults(OPTIONS));
  });

  it.each([1, 2, 3, 4, 5])('includes every kind of fault even in a short round (seed %i)', (seed) => {
    const plan = planFaults({ ...OPTIONS, seed });
    const targets = new Set(plan.map(({ on }) => on));
    expect([...targets].sort()).toEqual(['channel', 'clock', 'postgres', 'receiver', 'redis', 'server']);
  });

  it('is over when the time is', () => {
    for (const fault of planFaults(OPTIONS)) {
      expect(fault.atMs + fault.forMs).toBeLessThanOrEqual(OPTIONS.durationMs + 1);
    }
  });

  it('does one thing at a time to one process', () => {
    const busyUntil = new Map<number, number>();
    for (const fault of planFaults({ ...OPTIONS, durationMs: 300_000 })) {
      if (fault.on !== 'server') continue;
      expect(fault.atMs).toBeGreaterThanOrEqual((busyUntil.get(fault.slot) ?? 0) - 1);
      busyUntil.set(fault.slot, fault.atMs + fault.forMs);
    }
  });
});
