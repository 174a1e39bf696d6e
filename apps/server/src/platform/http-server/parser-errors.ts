/** Answers requests that Node's HTTP parser refuses with a problem document. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '../errors/domain-error.js';
import { PROBLEM_CONTENT_TYPE, problemOf } from './problem.filter.js';

interface ParserError extends Error {
  code?: string;
  /** Of the parser, in words: "Invalid header token". */
  reason?: string;
  /** What was being parsed. */
  rawPacket?: Buffer;
}

/** Time for the sender to read the answer; closing at once would reset the connection while it is sending. */
const LINGER_MS = 1_000;
const REQUEST_LINE = /^[^\s\p{Cc}]{1,100} (?<target>\/[^\s\p{Cc}]*) HTTP\/1\.[01]\r?\n/u;
const MAX_REQUEST_LINE = 4_096;

/** @param refuseMethod makes the answer to a method that a path does not have */
export function answerParserErrors(
  refuseMethod: (path: string) => DomainError,
): (error: Error, socket: Socket) => void {
  const answered = new WeakSet<Socket>();
  return (error, socket) => {
    if (answered.has(socket)) return;
    answered.add(socket);
    if (!socket.writable || hasBegunToAnswer(socket)) {
      socket.destroy();
      return;
    }
    socket.end(responseOf(refusalOf(error, refuseMethod)));
    socket.once('end', () => socket.destroy());
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };
}

const KNOWN_REFUSALS: ReadonlyMap<string | undefined, () => DomainError> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', () => new DomainError('request_timeout', 'The request did not come in time')],
  [
    'HPE_HEADER_OVERFLOW',
    () => new DomainError('headers_too_large', 'Path and headers of a request may have 16 KiB together'),
  ],
  [
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
    () => new DomainError('payload_too_large', 'The extensions of the chunks are too large'),
  ],
]);

function refusalOf(error: ParserError, refuseMethod: (path: string) => DomainError): DomainError {
  const known = KNOWN_REFUSALS.get(error.code);
  if (known) return known();
  const path = error.code === 'HPE_INVALID_METHOD' ? pathOf(error.rawPacket) : undefined;
  if (path !== undefined) return refuseMethod(path);
  const reason = error.reason === undefined ? '' : `: ${error.reason}`;
  return new DomainError('malformed_request', `This is no HTTP request that can be read${reason}`);
}

/** An unknown method in an otherwise valid request. */
function pathOf(packet: Buffer | undefined): string | undefined {
  const line = packet?.toString('latin1', 0, MAX_REQUEST_LINE) ?? '';
  return REQUEST_LINE.exec(line)?.groups?.target?.split('?')[0];
}

function responseOf(refusal: DomainError): string {
  const requestId = randomUUID();
  const body = JSON.stringify({ ...problemOf(refusal), requestId });
  const { allow } = refusal.options;
  return [
    `HTTP/1.1 ${String(refusal.status)} ${STATUS_CODES[refusal.status] ?? ''}`,
    `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    `Date: ${new Date().toUTCString()}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    ...(allow ? [`Allow: ${allow.join(', ')}`] : []),
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

/** Node keeps the current response here, and reads it the same way. */
function hasBegunToAnswer(socket: Socket & { _httpMessage?: { headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}
