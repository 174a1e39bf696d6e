/** What is kept of an answer for the log: bounded, and such that PostgreSQL can hold it as text. */
import { StringDecoder } from 'node:string_decoder';
import { RESPONSE_BODY_LIMIT_BYTES } from '@im/contracts/api/deliveries';

/** Characters of all header names and values together that are kept. */
const RESPONSE_HEADERS_LIMIT = 8_192;

/** Keeps the first bytes of a body. */
export class BodyCapture {
  private readonly chunks: Buffer[] = [];
  private length = 0;
  private isCut = false;

  /** @returns false when the limit is passed and nothing more needs to be read */
  add(chunk: Buffer): boolean {
    const room = RESPONSE_BODY_LIMIT_BYTES - this.length;
    this.isCut = chunk.length > room;
    const kept = this.isCut ? chunk.subarray(0, room) : chunk;
    this.chunks.push(kept);
    this.length += kept.length;
    return !this.isCut;
  }

  /** UTF-8 with U+FFFD for what is not, and for NUL; a character cut in half at the limit is left out. */
  text(): string {
    const bytes = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    if (!bytes || bytes.length === 0) return '';
    return withoutNul(this.isCut ? new StringDecoder('utf8').write(bytes) : bytes.toString('utf8'));
  }
}

/** @param headers as undici hands them over: lower-case names, an array where a header was repeated */
export function captureHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  let room = RESPONSE_HEADERS_LIMIT;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    room -= name.length;
    if (room <= 0) break;
    const text = typeof value === 'string' ? value : value.join(', ');
    kept[name] = withoutNul(text.length > room ? text.slice(0, room) : text);
    room -= text.length;
  }
  return kept;
}

function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
