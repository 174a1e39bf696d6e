import { describe, expect, it } from 'vitest';
import type { CaseResult, Integrity } from './case-result.js';
import { addIntegrities, faultsOf } from './integrity.js';

const sound: Integrity = {
  expected: 10,
  lost: 0,
  duplicates: 2,
  duplicatesWithOtherId: 0,
  inversions: 0,
  refusals: { 429: 3 },
};
const resultWith = (integrity: Integrity | null): CaseResult => ({
  name: 'single',
  figures: [{ name: 'p99', value: 90_000, unit: 'ms', wanted: '<= 1' }],
  integrity,
  cpuSecondsPer1000: {},
  notes: [],
});

describe('a case', () => {
  it.each<[string, Integrity | null]>([
    ['that sends no events', null],
    ['that is slow, was refused at times, and got some twice', sound],
  ])('%s has no fault', (_what, integrity) => {
    expect(faultsOf(resultWith(integrity))).toEqual([]);
  });

  it.each<[string, Partial<Integrity>, RegExp]>([
    ['that lost a delivery', { lost: 1 }, /^1 of 10 deliveries were lost$/],
    ['that got one again with another callbackId', { duplicatesWithOtherId: 2 }, /^2 came again/],
    ['that broke the order', { inversions: 3 }, /^3 came before/],
    ['in which nothing was accepted', { expected: 0 }, /no event/],
  ])('%s has one', (_what, difference, fault) => {
    expect(faultsOf(resultWith({ ...sound, ...difference }))).toEqual([expect.stringMatching(fault)]);
  });
});

it('sums up what several measurements of a case lost', () => {
  const sum = addIntegrities([sound, { ...sound, lost: 4, refusals: { 429: 1, ECONNRESET: 2 } }]);
  expect(sum).toEqual({
    ...sound,
    expected: 20,
    lost: 4,
    duplicates: 4,
    refusals: { 429: 4, ECONNRESET: 2 },
  });
});
