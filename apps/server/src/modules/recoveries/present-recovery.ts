import type { Recovery } from '@im/contracts/api/recoveries';
import { instantOfId } from '../../platform/database/time-partitions.js';
import type { RecoveryRow } from './data/recoveries.repository.js';
import { estimateLeftMs } from './domain/estimate-left.js';
import { keptSinceMs, type ServiceRetention } from './domain/kept-since.js';

interface Circumstances {
  appKey: string;
  nowMs: number;
  retention: ServiceRetention;
}

export function presentRecovery(row: RecoveryRow, { appKey, nowMs, retention }: Circumstances): Recovery {
  const { alreadyDelivered, alreadyPending, alreadyRepeated, payloadExpired } = row;
  const skipped = { alreadyDelivered, alreadyPending, alreadyRepeated, payloadExpired };
  const examined = row.scheduled + Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const ended = row.succeeded + row.failed + row.canceled;
  const scannedUntilMs = row.isScanned ? row.toAt.getTime() : scannedMs(row);
  const keptMs = keptSinceMs(row.finishedAt?.getTime() ?? nowMs, row, retention);
  return {
    recoveryId: row.recoveryId,
    webhookId: row.webhookId,
    appKey,
    status: row.status,
    events: row.events,
    from: row.fromAt.toISOString(),
    to: row.toAt.toISOString(),
    keptSince: keptMs > row.fromAt.getTime() ? new Date(keptMs).toISOString() : null,
    ratePerSecond: row.ratePerSecond,
    state: row.state,
    reason: row.reason,
    waitingFor: row.waitingFor,
    total: row.total ?? examined,
    isTotalFinal: row.total !== null,
    scannedUntil: new Date(scannedUntilMs).toISOString(),
    scheduled: row.scheduled,
    succeeded: row.succeeded,
    failed: row.failed,
    canceled: row.canceled,
    pending: Math.max(0, row.scheduled - ended),
    skipped,
    estimatedLeftMs: leftMs(row, { examined, ended, scannedUntilMs }),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function scannedMs({ cursorId, fromAt, toAt }: RecoveryRow): number {
  return Math.min(Math.max(instantOfId(cursorId), fromAt.getTime()), toAt.getTime());
}

function leftMs(
  row: RecoveryRow,
  { examined, ended, scannedUntilMs }: { examined: number; ended: number; scannedUntilMs: number },
): number | null {
  // It is unknown when the receiver recovers or an earlier recovery ends.
  if (row.state !== 'running' || row.waitingFor === 'breaker' || row.waitingFor === 'earlier_recovery')
    return null;
  const spanMs = row.toAt.getTime() - row.fromAt.getTime();
  return estimateLeftMs({
    total: row.total,
    examined,
    ended,
    pending: Math.max(0, row.scheduled - ended),
    scannedShare: spanMs > 0 ? (scannedUntilMs - row.fromAt.getTime()) / spanMs : 1,
    ratePerSecond: row.ratePerSecond,
    workedMs: row.workedMs,
  });
}
