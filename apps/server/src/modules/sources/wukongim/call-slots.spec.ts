import { describe, expect, it } from 'vitest';
import { CallSlots } from './call-slots.js';

function enterAll(slots: CallSlots, names: readonly string[]) {
  const begun: string[] = [];
  const leave = names.map((name) => slots.enter(() => begun.push(name)));
  return { begun, leave };
}

describe('CallSlots', () => {
  it('serves up to its limit at once, and the next in order when one has ended', () => {
    const { begun, leave } = enterAll(new CallSlots(2, 10), ['a', 'b', 'c', 'd']);
    expect(begun).toEqual(['a', 'b']);
    leave[0]?.();
    leave[0]?.();
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('does not begin a call that ended while it waited', () => {
    const { begun, leave } = enterAll(new CallSlots(1, 10), ['a', 'b', 'c']);
    leave[1]?.();
    leave[0]?.();
    expect(begun).toEqual(['a', 'c']);
  });

  it('turns away what comes when too many wait', () => {
    const slots = new CallSlots(1, 1);
    const { begun, leave } = enterAll(slots, ['a', 'b', 'c']);
    expect(leave[2]).toBeNull();
    leave[0]?.();
    leave[1]?.();
    expect(slots.enter(() => begun.push('d'))).not.toBeNull();
    expect(begun).toEqual(['a', 'b', 'd']);
  });
});
