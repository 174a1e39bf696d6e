import { describe, expect, it } from 'vitest';
import { Slots, type Slot, type SlotUser } from './slots.js';

const user = (override: Partial<SlotUser> = {}): SlotUser => ({
  tenantId: 'tenant',
  isSlow: false,
  hasAnswered: true,
  inFlight: 0,
  ...override,
});

/** Takes as many as there is room for. */
function fill(slots: Slots, wanted: SlotUser): Slot[] {
  const taken: Slot[] = [];
  while (slots.hasRoom(wanted)) taken.push(slots.take(wanted));
  return taken;
}

describe('places for deliveries under way', () => {
  it('are bounded for quick webhooks', () => {
    const slots = new Slots(2);
    const [first] = fill(slots, user());
    expect(slots.inFlight).toBe(2);
    expect(slots.hasRoom(user())).toBe(false);
    first?.release();
    expect(slots.hasRoom(user({ inFlight: 1 }))).toBe(true);
  });

  it('are left to quick webhooks by deliveries that take long', () => {
    const slots = new Slots(7);
    const hanging = fill(slots, user());
    expect(hanging).toHaveLength(7);
    for (const slot of hanging) slot.moveToSlow();
    expect(slots.hasRoom(user())).toBe(true);
    expect(slots.hasRoom(user({ isSlow: true }))).toBe(false);
    expect(slots.inFlight).toBe(7);
  });

  it('are never all taken by one slow webhook', () => {
    const slots = new Slots(16);
    let taken = 0;
    while (slots.hasRoom(user({ isSlow: true, inFlight: taken }))) {
      slots.take(user({ isSlow: true }));
      taken += 1;
    }
    expect(taken).toBeLessThan(16);
    expect(slots.hasRoom(user({ isSlow: true }))).toBe(true);
  });

  it('are never all taken by quick webhooks of one tenant', () => {
    const slots = new Slots(256);
    expect(fill(slots, user({ tenantId: 'busy' }))).toHaveLength(224);
    expect(slots.hasRoom(user({ tenantId: 'other' }))).toBe(true);
  });

  it('are never all taken by webhooks that have not answered yet', () => {
    const slots = new Slots(256);
    for (const tenantId of ['a', 'b', 'c']) fill(slots, user({ tenantId, hasAnswered: false }));
    expect(slots.inFlight).toBe(128);
    expect(slots.hasRoom(user())).toBe(true);
  });

  it('leave new webhooks of other tenants a trial beside a tenant whose new ones hang', () => {
    const slots = new Slots(256);
    for (let round = 0; round < 100; round += 1) {
      for (const slot of fill(slots, user({ tenantId: 'hanging', hasAnswered: false }))) slot.moveToSlow();
    }
    expect(slots.inFlight).toBeLessThan(1_000);
    expect(slots.hasRoom(user({ tenantId: 'new', hasAnswered: false }))).toBe(true);
  });

  it('of slow webhooks are not taken by new ones that hang, of however many tenants', () => {
    const slots = new Slots(256);
    for (let round = 0; round < 100; round += 1) {
      const hanging = user({ tenantId: `hanging-${round % 20}`, hasAnswered: false });
      for (const slot of fill(slots, hanging)) slot.moveToSlow();
    }
    expect(slots.hasRoom(user({ isSlow: true }))).toBe(true);
    expect(slots.inFlight).toBeLessThan(10 * 256);
  });

  it('of slow webhooks are half left to those that do answer', () => {
    const slots = new Slots(256);
    fill(slots, user({ isSlow: true, hasAnswered: false }));
    expect(slots.inFlight).toBe(128);
    expect(slots.hasRoom(user({ isSlow: true }))).toBe(true);
  });

  it('are given back once, whatever became of them', () => {
    const slots = new Slots(1);
    const slot = slots.take(user({ hasAnswered: false }));
    slot.moveToSlow();
    slot.release();
    slot.release();
    slot.moveToSlow();
    expect(slots.inFlight).toBe(0);
    expect(slots.hasRoom(user({ isSlow: true, hasAnswered: false }))).toBe(true);
    expect(slots.hasRoom(user({ hasAnswered: false }))).toBe(true);
  });
});
