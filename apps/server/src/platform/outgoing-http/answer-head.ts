/**
 * Reads the head of an answer before the HTTP parser does: what it begins with, and whether it is one of those that the
 * parser refuses although RFC 9110 and 9112 say how to read them.
 */

/** Field names and values together that the parser takes. */
export const MAX_ANSWER_HEADERS_BYTES = 65_536;
/** Bytes of an answer that {@link describeStart} looks at. */
export const START_BYTES = 12;

/** Both decide where a body ends; their values are all that is looked at. */
const FRAMING_LINE = /\r\n(content-length|transfer-encoding):[ \t]*([^\r\n]*)/gi;
const DIGITS = /^\d+$/;

export interface RepairedHead {
  /** The head as the parser takes it. */
  text: string;
  /** It said in two ways where its body ends: whatever follows it may not be the next answer. */
  isEndUnsure: boolean;
  /** Headers as they came, where the parser will see them otherwise. */
  received: Record<string, string>;
}

/**
 * Harmless oddities: one length said several times, blanks after a length or coding, a length beside chunks (the
 * chunks count: RFC 9112, 6.3).
 *
 * @param head from the status line to the empty line
 * @returns null when the parser may have it as it is, also because only the parser can say what is wrong
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
  // Lengths that contradict each other, or are none, leave open where the body ends.
  if (others.length > 0 || (length !== undefined && !DIGITS.test(length))) return null;
  // RFC 2616 had `identity` for no coding at all.
  const real = codings.flatMap(partsOf).filter((coding) => coding.toLowerCase() !== 'identity');
  const isChunked = real.at(-1)?.toLowerCase() === 'chunked';
  // What is coded otherwise ends with the connection, whatever length is said.
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
 * What can be said of an answer by its first bytes, without repeating words of the receiver.
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
