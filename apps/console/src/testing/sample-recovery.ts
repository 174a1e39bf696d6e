import type { Recovery } from '@im/contracts/api/recoveries';

/** A running one of 1,000 deliveries, 50 of which have arrived in another way. */
export function sampleRecovery(override: Partial<Recovery> = {}): Recovery {
  return {
    recoveryId: 'r1',
    webhookId: 'w1',
    appKey: 'ak_1',
    status: 'failed',
    events: [],
    from: '2026-11-21T00:00:00.000Z',
    to: '2026-11-21T02:00:00.000Z',
    keptSince: null,
    ratePerSecond: 200,
    state: 'running',
    reason: null,
    waitingFor: null,
    total: 1_000,
    isTotalFinal: true,
    scannedUntil: '2026-11-21T01:00:00.000Z',
    scheduled: 500,
    succeeded: 0,
    failed: 0,
    canceled: 0,
    pending: 0,
    skipped: { alreadyDelivered: 50, alreadyPending: 0, alreadyRepeated: 0, payloadExpired: 0 },
    estimatedLeftMs: null,
    createdBy: 'admin@example.com',
    createdAt: '2026-11-21T03:00:00.000Z',
    startedAt: '2026-11-21T03:00:00.100Z',
    finishedAt: null,
    ...override,
  };
}
