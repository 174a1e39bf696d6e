import { describe, expect, it } from 'vitest';
import type { DeliveryRow } from '../ledger/delivery-rows.js';
import type { Arrival } from '../receiver/receiver-commands.js';
import { arrival, evidence, posted, row } from '../testing/evidence.js';
import { ORDER_IS_KEPT } from './order.js';

const REFUSED = { acceptedOrder: 0 };

describe('the order of a conversation', () => {
  it.each<[string, Arrival[], DeliveryRow[], number]>([
    ['each after the answer to the one before', [arrival(0, 1), arrival(1, 3)], [], 0],
    ['before the answer to the one before', [arrival(0, 1, { acceptedOrder: 9 }), arrival(1, 3)], [], 1],
    ['before the one before came', [arrival(1, 1), arrival(0, 3)], [], 1],
    ['after the one before was only refused', [arrival(0, 1, REFUSED), arrival(1, 3)], [], 1],
    [
      'after the one before was given up',
      [arrival(0, 10, REFUSED), arrival(1, 30)],
      [row(0, { status: 'failed', completedAt: 20 })],
      0,
    ],
    [
      'before the one before was given up',
      [arrival(0, 10, REFUSED), arrival(1, 30)],
      [row(0, { status: 'failed', completedAt: 40 })],
      1,
    ],
    [
      'after the one before was given up unseen',
      [arrival(1, 30)],
      [row(0, { status: 'failed', completedAt: 20 })],
      0,
    ],
    ['and the one before once more, late', [arrival(0, 1), arrival(1, 3), arrival(0, 5)], [], 0],
  ])('an event that comes %s', (_how, arrivals, rows, violations) => {
    const found = ORDER_IS_KEPT.violationsIn(evidence([posted(0), posted(1)], { arrivals, rows }));
    expect(found).toHaveLength(violations);
  });

  it('is kept around an event with an unknown outcome', () => {
    const events = [posted(0), posted(1, { state: 'unknown', eventIds: [] }), posted(2)];
    const arrivals = [arrival(0, 1), arrival(2, 3), arrival(1, 5)];
    expect(ORDER_IS_KEPT.violationsIn(evidence(events, { arrivals }))).toEqual([]);
  });

  it('is each conversation’s own', () => {
    const events = [posted(0), posted(1, { sender: 1 })];
    const arrivals = [arrival(1, 1), arrival(0, 3)];
    expect(ORDER_IS_KEPT.violationsIn(evidence(events, { arrivals }))).toEqual([]);
  });

  it('is broken by an event far behind as well', () => {
    const events = [posted(0), posted(1), posted(2)];
    const arrivals = [arrival(1, 1), arrival(2, 3), arrival(0, 5)];
    expect(
      ORDER_IS_KEPT.violationsIn(evidence(events, { arrivals })).map(({ sequence }) => sequence),
    ).toEqual([1, 2]);
  });
});
