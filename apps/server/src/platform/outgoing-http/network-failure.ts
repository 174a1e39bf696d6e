/** Classifies failures without an answer: by the phase, then by the error's code. */
import type { ErrorClass } from '@im/contracts/api/deliveries';
import type { AttemptPhase } from '@im/contracts/diagnosis/evidence';
import { errors } from 'undici';
import { describeStart, MAX_ANSWER_HEADERS_BYTES } from './answer-head.js';
import { BlockedAddressError } from './guarded-lookup.js';
import { ProxyError } from './outgoing-proxy.js';

export interface NetworkFailure {
  errorClass: ErrorClass;
  errorMessage: string;
}

const TLS_CLASS_OF_CODE: Readonly<Record<string, readonly [ErrorClass, string]>> = {
  CERT_HAS_EXPIRED: ['tls_expired', 'has expired'],
  CERT_NOT_YET_VALID: ['tls_expired', 'is not valid yet'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls_hostname', 'is for another host name'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls_untrusted', 'is self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls_untrusted', 'ends in a self-signed certificate that is not trusted'],
  UNABLE_TO_GET_ISSUER_CERT: ['tls_untrusted', 'has an issuer that is not known'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls_untrusted', 'has an issuer that is not known'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls_untrusted', 'comes without its issuer'],
  CERT_UNTRUSTED: ['tls_untrusted', 'is not trusted'],
  CERT_REJECTED: ['tls_untrusted', 'is rejected'],
  CERT_REVOKED: ['tls_untrusted', 'is revoked'],
  INVALID_CA: ['tls_untrusted', 'was issued by a certificate that may not issue any'],
};

/**
 * @param host as in the URL, for the message
 * @param answerStart the first bytes received before the failure, as Latin-1
 */
export function describeFailure(
  error: Error,
  phase: AttemptPhase,
  host: string,
  answerStart = '',
): NetworkFailure {
  const code = codeOf(error);
  if (error instanceof BlockedAddressError)
    return { errorClass: 'blocked_address', errorMessage: `${error.message}.` };
  if (error instanceof ProxyError) return describeProxyFailure(error.status, host);
  switch (phase) {
    case 'queue':
    case 'dns':
      return { errorClass: 'dns', errorMessage: `The host name ${host} could not be resolved (${code}).` };
    case 'connect':
      return describeConnectFailure(code, host);
    case 'tls':
      return describeTlsFailure(error, code, host);
    case 'response':
    case 'body':
      return describeResponseFailure(error, code, host, answerStart);
  }
}

export function describeTimeout(phase: AttemptPhase, host: string, timeoutMs: number): NetworkFailure {
  const within = `within ${String(timeoutMs)} ms`;
  switch (phase) {
    case 'queue':
      return {
        errorClass: 'connect_timeout',
        errorMessage: `All connections to ${host} were busy; none became free ${within}.`,
      };
    case 'dns':
      return { errorClass: 'dns', errorMessage: `The host name ${host} could not be resolved ${within}.` };
    case 'connect':
      return {
        errorClass: 'connect_timeout',
        errorMessage: `No connection to ${host} came about ${within}.`,
      };
    case 'tls':
      return {
        errorClass: 'connect_timeout',
        errorMessage: `${host} did not finish the TLS handshake ${within}.`,
      };
    case 'response':
    case 'body':
      return {
        errorClass: 'response_timeout',
        errorMessage: `${host} took the request but did not answer ${within}.`,
      };
  }
}

/** The proxy's answer about the receiver, without the address of the proxy. */
function describeProxyFailure(status: string | null, host: string): NetworkFailure {
  if (status === '504') {
    return {
      errorClass: 'connect_timeout',
      errorMessage: `The outgoing proxy did not reach ${host} in time (504).`,
    };
  }
  const what = status === null ? 'closed the connection' : `answered ${status}`;
  const errorMessage = `The outgoing proxy ${what} when it was asked to connect to ${host}.`;
  return { errorClass: 'connect_refused', errorMessage };
}

function describeConnectFailure(code: string, host: string): NetworkFailure {
  switch (code) {
    case 'ECONNREFUSED':
      return { errorClass: 'connect_refused', errorMessage: `${host} refused the connection.` };
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return {
        errorClass: 'connect_timeout',
        errorMessage: `No connection to ${host} came about in time (${code}).`,
      };
    case 'ECONNRESET':
    case 'EPIPE':
      return { errorClass: 'reset', errorMessage: `${host} reset the connection while it was being made.` };
    default:
      return { errorClass: 'connect_refused', errorMessage: `${host} cannot be reached (${code}).` };
  }
}

function describeTlsFailure(error: Error, code: string, host: string): NetworkFailure {
  const known = TLS_CLASS_OF_CODE[code];
  if (known) {
    return { errorClass: known[0], errorMessage: `The TLS certificate of ${host} ${known[1]}.` };
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return {
      errorClass: 'tls_other',
      errorMessage: `${host} closed the connection during the TLS handshake.`,
    };
  }
  const hint = error.message.includes('wrong version number')
    ? 'it does not seem to speak TLS on this port'
    : code;
  return { errorClass: 'tls_other', errorMessage: `The TLS handshake with ${host} failed (${hint}).` };
}

function describeResponseFailure(
  error: Error,
  code: string,
  host: string,
  answerStart: string,
): NetworkFailure {
  if (isParserFailure(error, code)) {
    return {
      errorClass: 'invalid_response',
      errorMessage: `${host} answered ${invalidAnswer(error, code, describeStart(answerStart))}.`,
    };
  }
  if (code === 'ETIMEDOUT') {
    return {
      errorClass: 'response_timeout',
      errorMessage: `${host} took the request and then fell silent (${code}).`,
    };
  }
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO') {
    return { errorClass: 'tls_other', errorMessage: `${host} broke the TLS connection off (${code}).` };
  }
  const how = answerStart === '' ? 'without an answer' : 'in the middle of its answer';
  return { errorClass: 'reset', errorMessage: `${host} closed the connection ${how} (${code}).` };
}

/** Codes of undici that do not mean a refused answer. */
const CLOSED_CODES: ReadonlySet<string> = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_INFO',
  'UND_ERR_ABORTED',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
]);

/** Bytes came and the client refused them for any reason. */
function isParserFailure(error: Error, code: string): boolean {
  // undici has one code for a closed connection and for an answer without a request.
  if (code === 'UND_ERR_SOCKET') return error.message.startsWith('bad ');
  if (error instanceof errors.HTTPParserError || code === 'ERR_ASSERTION') return true;
  return code.startsWith('UND_ERR_') && !CLOSED_CODES.has(code);
}

/** What follows "the host answered". */
function invalidAnswer(error: Error, code: string, answered: string | null): string {
  if (answered === 'HTTP/2' || answered === 'TLS') return `in ${answered}, not in HTTP/1.1`;
  if (answered === null) return 'with something that is not valid HTTP';
  return `“${answered}”, but ${faultOf(error, code)}`;
}

function faultOf(error: Error, code: string): string {
  switch (code) {
    case 'UND_ERR_HEADERS_OVERFLOW':
      return `its headers are longer than ${String(MAX_ANSWER_HEADERS_BYTES / 1_024)} KB`;
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return 'its Content-Length contradicts itself or what follows it';
    case 'UND_ERR_SOCKET':
      return 'out of turn';
    default: {
      const [, reason = ''] = /\((.+)\)$/.exec(error.message) ?? [];
      return `what follows is not valid HTTP${reason === '' ? '' : ` (${reason})`}`;
    }
  }
}

export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
