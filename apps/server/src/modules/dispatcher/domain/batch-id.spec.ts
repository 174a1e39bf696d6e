import { describe, expect, it } from 'vitest';
import { batchIdOf } from './batch-id.js';

const ONE = '01985fb5-0000-8000-8000-000000000001';
const TWO = '01985fb5-0000-8000-8000-000000000002';

describe('the id of a batch', () => {
  it('is the same for the same events in the same order, and no other', () => {
    expect(batchIdOf([ONE, TWO])).toBe(batchIdOf([ONE, TWO]));
    expect(
      new Set([batchIdOf([ONE, TWO]), batchIdOf([TWO, ONE]), batchIdOf([ONE]), batchIdOf([TWO])]).size,
    ).toBe(4);
  });

  it('is a UUID of version 8', () => {
    expect(batchIdOf([ONE, TWO])).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('of one event is the name of its callback', () => {
    expect(batchIdOf([ONE])).toBe(ONE);
  });
});
