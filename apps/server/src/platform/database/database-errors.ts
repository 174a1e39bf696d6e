/** Classifies errors of PostgreSQL and its driver by code, never by message alone. */
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

interface CodedError {
  code?: unknown;
  driverError?: unknown;
  constraint?: unknown;
}

/** Connection failures of the socket layer. */
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOENT',
]);
/**
 * SQLSTATE: connection exceptions (08), shutdown and recovery (57P01-57P05), no disk, memory or connection left (53),
 * a replica that takes no writes (25006).
 */
const UNAVAILABLE_STATE = /^(08...|57P0[1-5]|53...|25006)$/;
/** SQLSTATE: serialization failure, deadlock detected. */
const WRITE_CONFLICTS = new Set(['40001', '40P01']);
/** SQLSTATE: a prepared statement does not exist, or exists already: a pooler gave its connection to another client. */
const PREPARED_STATEMENT_LOST = new Set(['26000', '42P05']);
/** SQLSTATE: a statement ran into its time limit, or was canceled by hand. */
const QUERY_CANCELED = '57014';
/** SQLSTATE: a lock was not granted within the time limit. */
const LOCK_NOT_AVAILABLE = '55P03';
const UNIQUE_VIOLATION = '23505';
/** The driver has no code for these. */
const DRIVER_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

/** Whether PostgreSQL refused a statement because it is no longer prepared on this connection. */
export function isPreparedStatementLost(error: unknown): boolean {
  const { code } = codedError(error);
  return typeof code === 'string' && PREPARED_STATEMENT_LOST.has(code);
}

/** Whether PostgreSQL is away or takes no writes: the request may be retried. */
export function isDatabaseUnavailable(error: unknown): boolean {
  // The connection broke between two statements of a transaction; TypeORM reports it for the next one.
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  // It broke a transaction; the next statements are sent in full.
  if (isPreparedStatementLost(error)) return true;
  const { code } = codedError(error);
  if (typeof code === 'string' && (SOCKET_CODES.has(code) || UNAVAILABLE_STATE.test(code))) return true;
  return error instanceof Error && DRIVER_MESSAGES.test(error.message);
}

/** Whether PostgreSQL rolled the transaction back in favour of another, so that it may be run again. */
export function isWriteConflict(error: unknown): boolean {
  const { code } = codedError(error);
  return typeof code === 'string' && WRITE_CONFLICTS.has(code);
}

/** Whether PostgreSQL stopped the statement because it took too long. */
export function isQueryCanceled(error: unknown): boolean {
  return codedError(error).code === QUERY_CANCELED;
}

/** Whether another transaction kept a lock for longer than this one would wait. */
export function isLockTimeout(error: unknown): boolean {
  return codedError(error).code === LOCK_NOT_AVAILABLE;
}

/** @param constraint only this unique constraint or index counts */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const coded = codedError(error);
  return coded.code === UNIQUE_VIOLATION && (constraint === undefined || coded.constraint === constraint);
}

function codedError(error: unknown): CodedError {
  if (typeof error !== 'object' || error === null) return {};
  const { driverError } = error as CodedError;
  return typeof driverError === 'object' && driverError !== null ? driverError : error;
}
