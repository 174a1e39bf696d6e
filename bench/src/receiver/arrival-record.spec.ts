import { describe, expect, it } from 'vitest';
import { ArrivalRecord, type Arrival } from './arrival-record.js';

const arrival = (sequence: number, override: Partial<Arrival> = {}): Arrival => ({
  sequence,
  callbackId: `id-${sequence}`,
  attempt: 1,
  atMs: 1 + sequence,
  ...override,
});

/** Two conversations: 0, 2, 4 … and 1, 3, 5 … */
const ordered = (): ArrivalRecord => new ArrivalRecord({ conversations: 2, maxAttempts: 3 });

describe('what came to a receiver', () => {
  it('keeps the first arrival of each event, even far apart', () => {
    const record = new ArrivalRecord(undefined);
    record.noteSuccess(arrival(200_000, { atMs: 7 }));
    record.noteSuccess(arrival(200_000, { atMs: 9 }));
    const { arrivedAtMs } = record.report();
    expect([arrivedAtMs.length, arrivedAtMs[200_000], arrivedAtMs[5]]).toEqual([200_001, 7, 0]);
  });

  it.each([
    ['the same', 'id-3', 0],
    ['another', 'id-4', 1],
  ])('counts an event that comes again with %s callbackId', (_which, callbackId, withOtherId) => {
    const record = new ArrivalRecord(undefined);
    expect(record.noteSuccess(arrival(3))).toBe(true);
    expect(record.noteSuccess(arrival(3, { callbackId }))).toBe(false);
    expect(record.report()).toMatchObject({ duplicates: 1, duplicatesWithOtherId: withOtherId });
  });

  it('does not call a failed attempt an arrival', () => {
    const record = new ArrivalRecord(undefined);
    record.noteFailure(arrival(3));
    expect(record.noteSuccess(arrival(3, { attempt: 2 }))).toBe(true);
    expect(record.report().duplicates).toBe(0);
  });
});

describe('the order at a receiver', () => {
  it.each<[string, (record: ArrivalRecord) => void, number]>([
    ['after the one before was answered 2xx', (record) => void record.noteSuccess(arrival(0)), 0],
    ['before the one before came', () => undefined, 1],
    ['after the one before only failed', (record) => record.noteFailure(arrival(0, { attempt: 2 })), 1],
    ['after the one before was given up', (record) => record.noteFailure(arrival(0, { attempt: 3 })), 0],
    ['after one of another conversation', (record) => void record.noteSuccess(arrival(1)), 1],
  ])('an event that comes %s', (_when, before, inversions) => {
    const record = ordered();
    before(record);
    record.noteRequest(arrival(2));
    expect(record.report().inversions).toBe(inversions);
  });

  it('ignores the first event of a conversation', () => {
    const record = ordered();
    record.noteRequest(arrival(1));
    expect(record.report().inversions).toBe(0);
  });
});
