/**
 * Reads the head of an answer before the HTTP parser does, and rewrites those that the parser refuses although RFC 9110
 * and 9112 define their meaning.
 */

/** Field names and values together that the parser takes. */
export const MAX_ANSWER_HEADERS_BYTES = 65_536;
/** Bytes of an answer that {@link describeStart} reads. */
export const START_BYTES = 12;

/** The headers that decide where a body ends. */
const FRAMING_LINE = /\r\n(content-length|transfer-encoding):[ \t]*([^\r\n]*)/gi;
const DIGITS = /^\d+$/;

export interface RepairedHead {
  /** The head as the parser accepts it. */
  text: string;
  /** It gave two ends of its body, so what follows may not be the next answer. */
  isEndUnsure: boolean;
  /** Headers as received, if they were rewritten for the parser. */
  received: Record<string, string>;
}

/**
 * Corrects harmless faults: a repeated length, blanks after a length or coding, a length in addition to chunks (the
 * chunks count: RFC 9112, 6.3).
 *
 * @param head from the status line to the empty line
 * @returns null when the parser gets it unchanged, also if only the parser can say what is wrong
 */
export function repairHead(head: string): RepairedHead | null {
  const lengths: string[] = [];
  const codings: string[] = [];
  let isOdd = false;
  FRAMING_LINE.lastIndex = 0;
  for (let line = FRAMING_LINE.exec(head); line; line = FRAMING_LINE.exec(head)) {
    const [, name = '', value = ''] = line;
    if (name.length === 'content-length'.length) {
      lengths.push(value);
      isOdd ||= lengths.length > 1 || codings.length > 0 || !DIGITS.test(value);
    } else {
      codings.push(value);
      isOdd ||= lengths.length > 0 || value.endsWith('\t');
    }
  }
  return isOdd ? repaired(head, lengths, codings) : null;
}

function repaired(head: string, lengths: readonly string[], codings: readonly string[]): RepairedHead | null {
  const said = new Set(lengths.flatMap(partsOf));
  const [length, ...others] = said;
  // Contradictory or invalid lengths leave open where the body ends.
  if (others.length > 0 || (length !== undefined && !DIGITS.test(length))) return null;
  // RFC 2616 used `identity` for no coding.
  const real = codings.flatMap(partsOf).filter((coding) => coding.toLowerCase() !== 'identity');
  const isChunked = real.at(-1)?.toLowerCase() === 'chunked';
  // With another coding the body ends with the connection, regardless of a length.
  if (!isChunked && (real.length > 0 || length === undefined)) return null;
  const coding = codings.map(trimmed).join(', ');
  const framing = isChunked ? `Transfer-Encoding: ${coding}` : `Content-Length: ${length ?? ''}`;
  const rest = head.replace(FRAMING_LINE, '').slice(0, -'\r\n'.length);
  return {
    text: `${rest}${framing}\r\n\r\n`,
    isEndUnsure: coding !== '' && length !== undefined,
    received: {
      ...(length !== undefined && { 'content-length': lengths.map(trimmed).join(', ') }),
      ...(coding !== '' && { 'transfer-encoding': coding }),
    },
  };
}

function partsOf(value: string): string[] {
  return value.split(',').map(trimmed);
}

function trimmed(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '');
}

/**
 * Describes an answer by its first bytes, without repeating content of the receiver.
 *
 * @param start its first bytes as Latin-1
 * @returns version and status of HTTP/1, the name of another protocol, or null
 */
export function describeStart(start: string): string | null {
  const [status = null] = /^HTTP\/\d\.\d \d{3}/.exec(start) ?? [];
  if (status !== null) return status;
  const bytes = Buffer.from(start, 'latin1');
  if (isHttp2Frame(bytes)) return 'HTTP/2';
  return isTlsRecord(bytes) ? 'TLS' : null;
}

/** Of the connection itself: 3 bytes of length, then SETTINGS (4) or GOAWAY (7), no flags, stream 0. */
function isHttp2Frame(bytes: Buffer): boolean {
  return (
    bytes.length >= 9 && bytes[0] === 0 && (bytes[3] === 4 || bytes[3] === 7) && bytes.readUIntBE(4, 5) === 0
  );
}

/** An alert (21) or a handshake (22), version 3.x. */
function isTlsRecord(bytes: Buffer): boolean {
  return (bytes[0] === 21 || bytes[0] === 22) && bytes[1] === 3 && (bytes[2] ?? 5) <= 4;
}
