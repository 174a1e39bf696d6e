/** Captures an answer for the log: bounded, and as text that PostgreSQL can store. */
import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { TextDecoder } from 'node:util';
import { RESPONSE_BODY_LIMIT_BYTES } from '@im/contracts/api/delivery-constants';
import { unpackBody } from './unpack-body.js';

/** Characters of all header names and values together that are kept. */
const RESPONSE_HEADERS_LIMIT = 8_192;

/** Characters at the beginning of a page or XML in which its charset is looked for. */
const CHARSET_SEARCH_BYTES = 1_024;
const CHARSET_PARAMETER = /charset\s*=\s*["']?([^\s"';,]+)/i;
const CHARSET_WITHIN =
  /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)|<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]+)/i;

/** A body as text for the log. */
export interface CapturedBody {
  text: string;
  /** There is more of it. */
  isCut: boolean;
}

/** Keeps the first bytes of a body. */
export class BodyCapture {
  private readonly chunks: Buffer[] = [];
  private length = 0;
  private isCut = false;

  /** @returns false when the limit is passed and nothing more needs to be read */
  add(chunk: Buffer): boolean {
    const left = RESPONSE_BODY_LIMIT_BYTES - this.length;
    this.isCut = chunk.length > left;
    const kept = this.isCut ? chunk.subarray(0, left) : chunk;
    this.chunks.push(kept);
    this.length += kept.length;
    return !this.isCut;
  }

  /** Text with U+FFFD for invalid bytes and NUL; an incomplete character at the limit is left out. */
  text(contentType: string | undefined): string {
    return textOf(this.bytes(), contentType, this.isCut);
  }

  /**
   * @param codings see {@link codingsOf}
   * @param owner see {@link unpackBody}
   */
  async unpackedText(
    codings: readonly string[],
    contentType: string | undefined,
    owner: string | undefined,
  ): Promise<CapturedBody> {
    const { bytes, isCut } = await unpackBody(this.bytes(), codings, RESPONSE_BODY_LIMIT_BYTES, owner);
    return { text: textOf(bytes, contentType, isCut || this.isCut), isCut };
  }

  private bytes(): Buffer {
    const [first] = this.chunks;
    return this.chunks.length === 1 && first ? first : Buffer.concat(this.chunks);
  }
}

function textOf(bytes: Buffer, contentType: string | undefined, isCut: boolean): string {
  if (bytes.length === 0) return '';
  const decoder = decoderOf(bytes, contentType);
  if (decoder) return withoutNul(decoder.decode(bytes, { stream: isCut }));
  return withoutNul(isCut ? new StringDecoder('utf8').write(bytes) : bytes.toString('utf8'));
}

/** @returns null for UTF-8, also where no charset is named or known */
function decoderOf(bytes: Buffer, contentType: string | undefined): TextDecoder | null {
  const label = CHARSET_PARAMETER.exec(contentType ?? '')?.[1] ?? charsetWithin(bytes);
  if (label === undefined || /^utf-?8$/i.test(label)) return null;
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

/** The charset in a page or XML; only used if it is not UTF-8. */
function charsetWithin(bytes: Buffer): string | undefined {
  if (isUtf8(bytes)) return undefined;
  const [, page, xml] = CHARSET_WITHIN.exec(bytes.toString('latin1', 0, CHARSET_SEARCH_BYTES)) ?? [];
  return page ?? xml;
}

/** @param headers as undici hands them over: lower-case names, an array where a header was repeated */
export function captureHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  let left = RESPONSE_HEADERS_LIMIT;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    left -= name.length;
    if (left <= 0) break;
    const text = typeof value === 'string' ? value : value.join(', ');
    kept[name] = withoutNul(text.length > left ? text.slice(0, left) : text);
    left -= text.length;
  }
  return kept;
}

function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
