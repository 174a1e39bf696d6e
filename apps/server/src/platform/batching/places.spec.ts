import { describe, expect, it } from 'vitest';
import { Places } from './places.js';

describe('places', () => {
  it('are so many for each owner', () => {
    const places = new Places({ ofOwner: 2, inAll: 10 });
    expect(places.take('a')).toBeDefined();
    expect(places.take('a')).toBeDefined();
    expect(places.take('a')).toBeUndefined();
    expect(places.take('b')).toBeDefined();
  });

  it('are so many in all', () => {
    const places = new Places({ ofOwner: 2, inAll: 3 });
    const owners = ['a', 'b', 'c', 'd'].map((owner) => places.take(owner));
    expect(owners.map((place) => place !== undefined)).toEqual([true, true, true, false]);
    owners[0]?.();
    expect(places.take('d')).toBeDefined();
  });

  it('are given back once', () => {
    const places = new Places({ ofOwner: 2, inAll: 2 });
    const giveBack = places.take('a');
    places.take('a');
    giveBack?.();
    giveBack?.();
    expect(places.take('a')).toBeDefined();
    expect(places.take('a')).toBeUndefined();
  });
});
