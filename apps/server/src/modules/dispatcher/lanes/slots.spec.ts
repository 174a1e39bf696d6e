import { describe, expect, it } from 'vitest';
import { Slots } from './slots.js';

describe('places for deliveries under way', () => {
  it('are bounded for quick webhooks', () => {
    const slots = new Slots(2);
    const first = slots.take(false);
    slots.take(false);
    expect(slots.hasRoom(false, 0)).toBe(false);
    first.release();
    expect(slots.hasRoom(false, 1)).toBe(true);
  });

  it('are left to quick webhooks by deliveries that take long', () => {
    const slots = new Slots(10);
    const hanging = Array.from({ length: 10 }, () => slots.take(false));
    expect(slots.hasRoom(false, 0)).toBe(false);
    for (const slot of hanging) slot.moveToSlow();
    expect(slots.hasRoom(false, 0)).toBe(true);
    expect(slots.hasRoom(true, 0)).toBe(false);
    expect(slots.inFlight).toBe(10);
  });

  it('are never all taken by one slow webhook', () => {
    const slots = new Slots(16);
    let taken = 0;
    while (slots.hasRoom(true, taken)) {
      slots.take(true);
      taken += 1;
    }
    expect(taken).toBeLessThan(16);
    expect(slots.hasRoom(true, 0)).toBe(true);
  });

  it('are given back once, whatever became of them', () => {
    const slots = new Slots(1);
    const slot = slots.take(false);
    slot.moveToSlow();
    slot.release();
    slot.release();
    slot.moveToSlow();
    expect(slots.inFlight).toBe(0);
    expect(slots.hasRoom(true, 0)).toBe(true);
  });
});
