import type { ErrorCode, FieldError, Problem } from '@im/contracts/problem';

/** Failures without an answer of the service. */
export type TransportErrorCode = 'network_unreachable' | 'timed_out' | 'unexpected_response';
export type ApiErrorCode = ErrorCode | TransportErrorCode;

interface ApiErrorFields {
  code: ApiErrorCode;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  /** The server's own sentence; empty when it said nothing. */
  detail?: string;
  errors?: FieldError[];
  requestId?: string | undefined;
  /** Of the API, as it was called. */
  path?: string | undefined;
  retryAfterMs?: number | undefined;
}

/** Every failed call reaches the pages as one of these. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly detail: string;
  readonly errors: FieldError[];
  readonly requestId: string | undefined;
  readonly path: string;
  /** How long the server asks to wait (`Retry-After`), when it does. */
  readonly retryAfterMs: number | undefined;

  constructor(fields: ApiErrorFields) {
    super(fields.detail ?? fields.code);
    this.name = 'ApiError';
    this.code = fields.code;
    this.status = fields.status;
    this.detail = fields.detail ?? '';
    this.errors = fields.errors ?? [];
    this.requestId = fields.requestId;
    this.path = fields.path ?? '';
    this.retryAfterMs = fields.retryAfterMs;
  }
}

/** Whether a response body is one of the service's problem documents (RFC 9457). */
export function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'detail' in body &&
    typeof body.detail === 'string'
  );
}

/** Reads `Retry-After`: seconds or an HTTP date. */
export function parseRetryAfter(value: unknown, now: number): number | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const seconds = Number(value);
  const waitMs = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined;
}
