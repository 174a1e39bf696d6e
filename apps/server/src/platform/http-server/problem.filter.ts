/** Converts all errors to `application/problem+json` (RFC 9457). */
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ERROR_STATUS, FAMILIAR_API_BASE, type ErrorCode, type Problem } from '@im/contracts/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotOpenedError } from '../crypto/secret-box.js';
import { isDatabaseUnavailable } from '../database/database-errors.js';
import { isOutOfDescriptors, NotSentError } from '../limits/not-sent-error.js';
import { Logger } from '../logging/logger.js';
import { DomainError } from '../errors/domain-error.js';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

const TITLES: Record<ErrorCode, string> = {
  malformed_json: 'Malformed JSON',
  malformed_request: 'Malformed request',
  unauthenticated: 'Not signed in',
  invalid_credentials: 'Wrong email or password',
  second_factor_required: 'Second factor needed',
  second_factor_invalid: 'Wrong code',
  signature_invalid: 'Signature does not match',
  timestamp_out_of_window: 'Timestamp too far from now',
  nonce_reused: 'Nonce used before',
  forbidden: 'Not allowed',
  second_factor_setup_required: 'Second factor not set up',
  password_change_required: 'Password not changed yet',
  tenant_suspended: 'Tenant suspended',
  csrf_header_missing: 'Header X-Requested-With missing',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  request_timeout: 'Request too slow',
  conflict: 'Conflict',
  external_id_taken: 'External id taken',
  idempotency_conflict: 'Same id, other content',
  idempotency_key_reused: 'Key used for something else',
  idempotency_key_in_progress: 'First request still running',
  precondition_failed: 'Changed by someone else',
  payload_too_large: 'Too large',
  unsupported_media_type: 'Unsupported media type',
  invalid_input: 'Invalid input',
  search_too_broad: 'Search too broad',
  too_many_requests: 'Too many requests',
  headers_too_large: 'Headers too large',
  internal_error: 'Internal error',
  service_unavailable: 'Temporarily unavailable',
};

/** Seconds after which a client should try again while the database is away. */
const UNAVAILABLE_RETRY_SECONDS = 2;

const CODE_BY_STATUS: Partial<Record<number, ErrorCode>> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict',
  413: 'payload_too_large',
  // A path segment longer than any id or key matches nothing.
  414: 'not_found',
  415: 'unsupported_media_type',
  422: 'invalid_input',
  429: 'too_many_requests',
  431: 'headers_too_large',
  503: 'service_unavailable',
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** For what Nest does not route: the console's files, a worker's refusals. */
  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const domainError = toDomainError(error);
    if (domainError.status >= 500) {
      this.logger.error('http.failed', domainError.options.cause ?? error, {
        requestId: request.id,
        method: request.method,
        url: request.url.split('?')[0],
        code: domainError.code,
      });
    }
    const { retryAfterSeconds, allow } = domainError.options;
    if (retryAfterSeconds !== undefined) void reply.header('Retry-After', String(retryAfterSeconds));
    if (allow) void reply.header('Allow', allow.join(', '));
    void reply
      .status(domainError.status)
      .header('Content-Type', PROBLEM_CONTENT_TYPE)
      .header('Cache-Control', 'no-store')
      .send(JSON.stringify(problemFor(request, domainError)));
  }
}

function problemFor({ id, url }: FastifyRequest, error: DomainError): Problem {
  const problem = { ...problemOf(error), requestId: id };
  return isFamiliar(url) ? { ...problem, message: error.message } : problem;
}

/** Clients of that API show the `message` of an error. */
function isFamiliar(url: string): boolean {
  return url.startsWith(FAMILIAR_API_BASE) && /^([/?]|$)/.test(url.slice(FAMILIAR_API_BASE.length));
}

/** A problem document without a request, for one item of a batch. */
export function problemOf(error: DomainError): Omit<Problem, 'requestId'> {
  return {
    type: `urn:im-callback:problem:${error.code}`,
    title: TITLES[error.code],
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(error.errors && { errors: [...error.errors] }),
    ...(error.isTruncated && { errorsTruncated: true as const }),
  };
}

function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof NotOpenedError) {
    return new DomainError('service_unavailable', error.message, { cause: error });
  }
  if (isDatabaseUnavailable(error)) {
    return new DomainError(
      'service_unavailable',
      'The database cannot be reached right now; nothing was stored',
      {
        retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
        cause: error,
      },
    );
  }
  if (error instanceof NotSentError) {
    const { message, retryAfterSeconds } = error;
    return new DomainError('service_unavailable', message, { retryAfterSeconds, cause: error });
  }
  if (isOutOfDescriptors(error)) {
    return new DomainError('service_unavailable', 'The service has no file descriptor left right now', {
      retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
      cause: error,
    });
  }
  const status = clientErrorStatus(error);
  const code = status === undefined ? undefined : CODE_BY_STATUS[status];
  if (code && ERROR_STATUS[code] < 500) {
    return new DomainError(code, error instanceof Error ? error.message : TITLES[code]);
  }
  return new DomainError(
    'internal_error',
    'Something went wrong on our side; the request id finds it in the log',
    {
      cause: error,
    },
  );
}

/** Fastify's and Nest's own errors have a status. */
function clientErrorStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}
