import { v7 as uuidV7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { dayPartitions, instantOfId, lowestIdAt } from './time-partitions.js';

const NOON = Date.UTC(2026, 1, 28, 12);

describe('time partitions', () => {
  it('reads back the instant of an id', () => {
    expect(instantOfId(uuidV7({ msecs: NOON }))).toBe(NOON);
  });

  it('puts every id of a day between the bounds of that day, and the first of the next day outside', () => {
    const [today] = dayPartitions(NOON, 0, 0);
    const idAt = (unixMs: number) => uuidV7({ msecs: unixMs });
    const isInside = (id: string) => today !== undefined && id >= today.fromId && id < today.toId;
    expect([Date.UTC(2026, 1, 28), NOON, Date.UTC(2026, 2, 1) - 1].map(idAt).every(isInside)).toBe(true);
    expect([Date.UTC(2026, 1, 28) - 1, Date.UTC(2026, 2, 1)].map(idAt).some(isInside)).toBe(false);
  });

  it('names partitions by their day and leaves no gap between them', () => {
    const events = dayPartitions(NOON, 1, 2).filter((partition) => partition.table === 'events');
    expect(events.map((partition) => partition.name)).toEqual([
      'events_20260227',
      'events_20260228',
      'events_20260301',
      'events_20260302',
    ]);
    expect(events.slice(1).map((partition) => partition.fromId)).toEqual(
      events.slice(0, -1).map((partition) => partition.toId),
    );
  });

  it('starts an instant at its lowest possible id', () => {
    expect(lowestIdAt(NOON) <= uuidV7({ msecs: NOON })).toBe(true);
    expect(lowestIdAt(NOON + 1) > uuidV7({ msecs: NOON })).toBe(true);
  });
});
