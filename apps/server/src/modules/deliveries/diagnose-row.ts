import { diagnoseAttempt } from '@im/contracts/diagnosis/diagnose-attempt';
import type { Diagnosis } from '@im/contracts/diagnosis/diagnosis';
import type { AttemptEvidence } from '@im/contracts/diagnosis/evidence';
import type { AttemptRow } from '../delivery-store/data/delivery-log.repository.js';
import { maskResponseHeaders } from '../webhook-configs/domain/mask-headers.js';

/** The fields of an attempt that a diagnosis needs. */
export type DiagnosedRow = Omit<
  AttemptRow,
  'attempt' | 'requestHeaders' | 'isResponseTruncated' | 'errorMessage'
>;

/**
 * Cause and advice of an attempt in the log; null if it succeeded.
 *
 * @param isContentMasked the receiver's own words are not shown: they may repeat what was sent
 */
export function diagnosisOf(row: DiagnosedRow, isContentMasked: boolean): Diagnosis | null {
  const { errorClass } = row;
  if (errorClass === null) return null;
  const responseHeaders =
    row.responseHeaders === null ? null : (JSON.parse(row.responseHeaders) as Record<string, string>);
  return diagnoseAttempt({
    errorClass,
    endedAtMs: row.startedAt.getTime() + row.durationMs,
    durationMs: row.durationMs,
    phases: { dnsMs: row.dnsMs, connectMs: row.connectMs, tlsMs: row.tlsMs, firstByteMs: row.firstByteMs },
    remoteAddress: row.remoteAddress,
    responseStatus: row.responseStatus,
    responseHeaders:
      responseHeaders && isContentMasked ? maskResponseHeaders(responseHeaders) : responseHeaders,
    responseBody: row.responseBody,
    isQuotable: !isContentMasked,
    evidence: row.evidence === null ? null : (JSON.parse(row.evidence) as AttemptEvidence),
  });
}
