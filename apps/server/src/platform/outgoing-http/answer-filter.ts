/**
 * Filters the head of each answer between a socket and the HTTP parser. Interim answers (1xx) are dropped: a client
 * must accept unexpected ones (RFC 9110, 15.2), but undici ends the connection at a 100. Odd heads with one clear
 * meaning are rewritten as the parser accepts them. Everything else passes unchanged.
 */
import type { Socket } from 'node:net';
import { MAX_ANSWER_HEADERS_BYTES, repairHead, START_BYTES } from './answer-head.js';

/** The limit of interim answers and an incomplete head together; the parser refuses longer ones. */
const MAX_BUFFERED_BYTES = MAX_ANSWER_HEADERS_BYTES;
const HEAD_END = '\r\n\r\n';
/** A line end without its CR: the parser refuses such heads, and {@link HEAD_END} would never come. */
const BARE_LINE_END = /[^\r]\n/;
const HTTP_1 = 'HTTP/1.';
const DIGIT_1 = 0x31;

/** Is notified about the answer to a request. */
export interface AnswerListener {
  /** The first bytes have come. */
  onAnswerBytes(): void;
}

export class AnswerFilter {
  /** The first bytes of the last expected answer, as Latin-1; empty while there are none. */
  start = '';
  /** Headers of that answer as received, if they were rewritten for the parser. */
  received: Readonly<Record<string, string>> | null = null;
  /** It is unclear where the next answer would begin. */
  isSpent = false;

  private readonly readSocket: () => Buffer | null;
  private listener: AnswerListener | null = null;
  private isInHead = false;
  private bufferedBytes = 0;
  private readonly buffered: Buffer[] = [];
  /** The last buffered bytes, since the end of the head may be split. */
  private bufferedEnd = '';

  constructor(readonly socket: Socket) {
    const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
    this.readSocket = read;
    // Streams call it with a size, to fetch bytes; the parser without.
    socket.read = (size?: number) => (size === undefined ? this.read() : read(size));
  }

  /** A request goes out; the next bytes are its answer. */
  expect(listener: AnswerListener): void {
    this.listener = listener;
    this.isInHead = true;
    this.start = '';
    this.received = null;
    this.bufferedBytes = 0;
    this.buffered.length = 0;
    this.bufferedEnd = '';
  }

  private read(): Buffer | null {
    for (;;) {
      const chunk = this.readSocket();
      if (chunk === null || !this.isInHead) return chunk;
      const passed = this.take(chunk);
      if (passed) return passed;
    }
  }

  /** @returns the bytes for the parser; null: none yet */
  private take(chunk: Buffer): Buffer | null {
    if (this.start === '') this.listener?.onAnswerBytes();
    if (this.start.length < START_BYTES) {
      this.start += chunk.toString('latin1', 0, START_BYTES - this.start.length);
    }
    if (this.buffered.length === 0) return this.takeHeads(chunk);
    const piece = this.bufferedEnd + chunk.toString('latin1');
    if (!piece.includes(HEAD_END)) return this.buffer(chunk, piece);
    return this.takeHeads(Buffer.concat([...this.buffered.splice(0), chunk]));
  }

  /** @param bytes begin with a head */
  private takeHeads(bytes: Buffer): Buffer | null {
    let rest = bytes;
    while (rest.length > 0) {
      const end = rest.indexOf(HEAD_END, 0, 'latin1');
      if (end < 0) return this.buffer(rest, rest.toString('latin1'));
      const length = end + HEAD_END.length;
      if (!this.isInterim(rest)) return this.takeAnswer(rest, length);
      this.bufferedBytes += length;
      if (this.bufferedBytes > MAX_BUFFERED_BYTES) return this.pass(rest);
      rest = rest.subarray(length);
      this.start = rest.toString('latin1', 0, START_BYTES);
    }
    return null;
  }

  /** 1xx, except the switch of protocols, after which nothing is HTTP any more. */
  private isInterim(head: Buffer): boolean {
    return head[9] === DIGIT_1 && /^HTTP\/1\.\d 1(?!01)\d\d/.test(this.start);
  }

  private takeAnswer(bytes: Buffer, headLength: number): Buffer {
    const head = repairHead(bytes.toString('latin1', 0, headLength));
    if (!head) return this.pass(bytes);
    this.received = head.received;
    this.isSpent ||= head.isEndUnsure;
    return this.pass(Buffer.concat([Buffer.from(head.text, 'latin1'), bytes.subarray(headLength)]));
  }

  /** @param text of the piece, with the end of the one before */
  private buffer(piece: Buffer, text: string): Buffer | null {
    this.buffered.push(piece);
    this.bufferedBytes += piece.length;
    this.bufferedEnd = text.slice(1 - HEAD_END.length);
    // If a later piece begins with a line end, its CR was checked with the piece before. An answer begins with none.
    const isHead = HTTP_1.startsWith(this.start.slice(0, HTTP_1.length));
    const canEnd = isHead && this.bufferedBytes <= MAX_BUFFERED_BYTES && !BARE_LINE_END.test(text);
    return canEnd ? null : this.pass(Buffer.concat(this.buffered.splice(0)));
  }

  private pass(bytes: Buffer): Buffer {
    this.isInHead = false;
    return bytes;
  }
}
