/** Describes a request that was answered in this process as one that went over the network. */
import { gatherEvidence } from './gather-evidence.js';
import type { HttpOutcome, PreparedRequest } from './http-outcome.js';
import { describeFailure, describeTimeout } from './network-failure.js';
import { errorClassOfStatus, statusMessage } from './response-status.js';

export interface LocalAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The body is the beginning of a longer one. */
  isTruncated?: boolean;
  retryAfterMs: number | null;
}

export interface LocalTiming {
  startedAt: Date;
  durationMs: number;
}

export function answeredLocally(
  request: PreparedRequest,
  { status, headers, body, isTruncated = false, retryAfterMs }: LocalAnswer,
  timing: LocalTiming,
): HttpOutcome {
  const errorClass = errorClassOfStatus(status);
  const isEvidenceKept = errorClass !== null || request.isEvidenceWanted === true;
  return {
    ...timingOf(timing, true),
    responseStatus: status,
    responseHeaders: headers,
    responseBody: body,
    isResponseTruncated: isTruncated,
    errorClass,
    errorMessage: errorClass === null ? null : statusMessage(status),
    retryAfterMs,
    evidence: isEvidenceKept ? evidenceOf(request, 'body', null) : null,
  };
}

/** There is no receiver to send it to; the code and a sentence say why. */
export function unreachableLocally(
  request: PreparedRequest,
  code: string,
  errorMessage: string,
  timing: LocalTiming,
): HttpOutcome {
  const error = Object.assign(new Error(errorMessage), { code });
  return {
    ...withoutAnswer(timing),
    ...{ errorClass: 'connect_refused', errorMessage },
    evidence: evidenceOf(request, 'connect', error),
  };
}

/** As by a host on which nothing listens. */
export function refusedLocally(request: PreparedRequest, timing: LocalTiming): HttpOutcome {
  const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  return {
    ...withoutAnswer(timing),
    ...describeFailure(error, 'connect', new URL(request.url).host),
    evidence: evidenceOf(request, 'connect', error),
  };
}

export function timedOutLocally(request: PreparedRequest, timing: LocalTiming): HttpOutcome {
  return {
    ...withoutAnswer(timing),
    ...describeTimeout('response', new URL(request.url).host, request.timeoutMs),
    evidence: evidenceOf(request, 'response', null),
  };
}

function withoutAnswer(timing: LocalTiming) {
  return {
    ...timingOf(timing, false),
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    isResponseTruncated: false,
    retryAfterMs: null,
  };
}

/** There was neither a look-up nor a connection. */
function timingOf({ startedAt, durationMs }: LocalTiming, isAnswered: boolean) {
  const rounded = Math.round(durationMs * 10) / 10;
  return {
    startedAt,
    durationMs: rounded,
    phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: isAnswered ? rounded : null },
    remoteAddress: null,
  };
}

function evidenceOf(request: PreparedRequest, phase: 'connect' | 'response' | 'body', error: Error | null) {
  return gatherEvidence(new URL(request.url), request, {
    ...{ phase, error, addresses: [], certificate: null, clientCertificate: null, answerStart: '' },
  });
}
