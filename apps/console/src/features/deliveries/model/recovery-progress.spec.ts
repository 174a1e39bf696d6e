import type { Recovery } from '@im/contracts/api/recoveries';
import { describe, expect, it } from 'vitest';
import { sampleRecovery } from '../../../testing/sample-recovery.js';
import { percentOf, recoveriesToShow } from './recovery-progress.js';

describe('how far a recovery has come', () => {
  it.each<[string, Partial<Recovery>, number]>([
    ['by what has ended or was left alone', { succeeded: 400, failed: 50 }, 50],
    ['not to the end before it has ended', { succeeded: 950 }, 99],
    ['to the end when it is through', { state: 'completed' }, 100],
    ['from nothing', { total: 0, skipped: { ...sampleRecovery().skipped, alreadyDelivered: 0 } }, 0],
    [
      'by time while nothing is counted',
      { isTotalFinal: false, scannedUntil: '2026-11-21T01:30:00.000Z' },
      75,
    ],
  ])('is shown %s', (_what, override, percent) => {
    expect(percentOf(sampleRecovery(override))).toBe(percent);
  });
});

it('those that go on are shown, and the newest for an hour after its end', () => {
  const nowMs = Date.parse('2026-11-21T12:00:00Z');
  const ended = (recoveryId: string, minutesAgo: number) =>
    sampleRecovery({
      recoveryId,
      state: 'completed',
      finishedAt: new Date(nowMs - minutesAgo * 60_000).toISOString(),
    });
  const ids = (recoveries: Recovery[]) =>
    recoveriesToShow(recoveries, nowMs).map(({ recoveryId }) => recoveryId);
  expect(ids([ended('a', 5), ended('b', 10), sampleRecovery({ recoveryId: 'c', state: 'paused' })])).toEqual([
    'a',
    'c',
  ]);
  expect(ids([ended('a', 90)])).toEqual([]);
});
