import { describe, expect, it } from 'vitest';
import { Permits, type Permit, type PermitUser } from './permits.js';

const user = (override: Partial<PermitUser> = {}): PermitUser => ({
  tenantId: 'tenant',
  isSlow: false,
  hasAnswered: true,
  inFlight: 0,
  ...override,
});

const mayBegin = (permits: Permits, wanted: PermitUser) => permits.room(wanted) > 0;

/** Takes as many as there is room for. */
function fill(permits: Permits, wanted: PermitUser): Permit[] {
  const taken: Permit[] = [];
  while (mayBegin(permits, wanted)) taken.push(permits.take(wanted));
  return taken;
}

describe('permits for deliveries under way', () => {
  it('are bounded for quick webhooks', () => {
    const permits = new Permits(2);
    const [first] = fill(permits, user());
    expect(permits.inFlight).toBe(2);
    expect(mayBegin(permits, user())).toBe(false);
    first?.release();
    expect(mayBegin(permits, user({ inFlight: 1 }))).toBe(true);
  });

  it('are left to quick webhooks by deliveries that take long', () => {
    const permits = new Permits(7);
    const hanging = fill(permits, user());
    expect(hanging).toHaveLength(7);
    for (const permit of hanging) permit.moveToSlow();
    expect(mayBegin(permits, user())).toBe(true);
    expect(mayBegin(permits, user({ isSlow: true }))).toBe(false);
    expect(permits.inFlight).toBe(7);
  });

  it('are never all taken by one slow webhook', () => {
    const permits = new Permits(16);
    let taken = 0;
    while (mayBegin(permits, user({ isSlow: true, inFlight: taken }))) {
      permits.take(user({ isSlow: true }));
      taken += 1;
    }
    expect(taken).toBeLessThan(16);
    expect(mayBegin(permits, user({ isSlow: true }))).toBe(true);
  });

  it('are never all taken by quick webhooks of one tenant', () => {
    const permits = new Permits(256);
    expect(fill(permits, user({ tenantId: 'busy' }))).toHaveLength(224);
    expect(mayBegin(permits, user({ tenantId: 'other' }))).toBe(true);
  });

  it('are never all taken by webhooks that have not answered yet', () => {
    const permits = new Permits(256);
    for (const tenantId of ['a', 'b', 'c']) fill(permits, user({ tenantId, hasAnswered: false }));
    expect(permits.inFlight).toBe(128);
    expect(mayBegin(permits, user())).toBe(true);
  });

  it('leave new webhooks of other tenants a trial beside a tenant whose new ones hang', () => {
    const permits = new Permits(256);
    for (let round = 0; round < 100; round += 1) {
      for (const permit of fill(permits, user({ tenantId: 'hanging', hasAnswered: false })))
        permit.moveToSlow();
    }
    expect(permits.inFlight).toBeLessThan(1_000);
    expect(mayBegin(permits, user({ tenantId: 'new', hasAnswered: false }))).toBe(true);
  });

  it('of slow webhooks are not taken by new ones that hang, of however many tenants', () => {
    const permits = new Permits(256);
    for (let round = 0; round < 100; round += 1) {
      const hanging = user({ tenantId: `hanging-${round % 20}`, hasAnswered: false });
      for (const permit of fill(permits, hanging)) permit.moveToSlow();
    }
    expect(mayBegin(permits, user({ isSlow: true }))).toBe(true);
    expect(permits.inFlight).toBeLessThan(10 * 256);
  });

  it('of slow webhooks are half left to those that do answer', () => {
    const permits = new Permits(256);
    fill(permits, user({ isSlow: true, hasAnswered: false }));
    expect(permits.inFlight).toBe(128);
    expect(mayBegin(permits, user({ isSlow: true }))).toBe(true);
  });

  it('are released only once', () => {
    const permits = new Permits(1);
    const permit = permits.take(user({ hasAnswered: false }));
    permit.moveToSlow();
    permit.release();
    permit.release();
    permit.moveToSlow();
    expect(permits.inFlight).toBe(0);
    expect(mayBegin(permits, user({ isSlow: true, hasAnswered: false }))).toBe(true);
    expect(mayBegin(permits, user({ hasAnswered: false }))).toBe(true);
  });
});
