/**
 * Stands between a socket and the HTTP parser and sees each answer's head first. Interim answers (1xx) are dropped there:
 * a client must read those it did not ask for (RFC 9110, 15.2), and undici ends the connection at a 100. Odd heads that
 * have one clear meaning are written as the parser takes them. Everything else passes untouched, bodies unseen.
 */
import type { Socket } from 'node:net';
import { MAX_ANSWER_HEADERS_BYTES, repairHead, START_BYTES } from './answer-head.js';

/** Interim answers and a head that comes in pieces, together; what is longer is for the parser to refuse. */
const MAX_HELD_BYTES = MAX_ANSWER_HEADERS_BYTES;
const HEAD_END = '\r\n\r\n';
/** A line end without its CR: the parser refuses such heads, and {@link HEAD_END} would never come. */
const BARE_LINE_END = /[^\r]\n/;
const HTTP_1 = 'HTTP/1.';
const DIGIT_1 = 0x31;

/** Is told about the answer to a request. */
export interface AnswerListener {
  /** The first bytes have come. */
  onAnswerBytes(): void;
}

export class AnswerFilter {
  /** The first bytes of the answer expected last, as Latin-1; empty while there are none. */
  start = '';
  /** Headers of that answer as they came, where the parser saw them otherwise. */
  received: Readonly<Record<string, string>> | null = null;
  /** Where the next answer would begin is not sure. */
  isSpent = false;

  private readonly readSocket: () => Buffer | null;
  private listener: AnswerListener | null = null;
  private isInHead = false;
  private heldBytes = 0;
  private readonly held: Buffer[] = [];
  /** The last bytes held: the end of the head may lie on both sides of a cut. */
  private heldEnd = '';

  constructor(readonly socket: Socket) {
    const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
    this.readSocket = read;
    // Streams themselves call it with a size, to have bytes fetched; the parser without.
    socket.read = (size?: number) => (size === undefined ? this.read() : read(size));
  }

  /** A request goes out: what comes from now on is its answer. */
  expect(listener: AnswerListener): void {
    this.listener = listener;
    this.isInHead = true;
    this.start = '';
    this.received = null;
    this.heldBytes = 0;
    this.held.length = 0;
    this.heldEnd = '';
  }

  private read(): Buffer | null {
    for (;;) {
      const chunk = this.readSocket();
      if (chunk === null || !this.isInHead) return chunk;
      const passed = this.take(chunk);
      if (passed) return passed;
    }
  }

  /** @returns what the parser gets of it; null: nothing yet */
  private take(chunk: Buffer): Buffer | null {
    if (this.start === '') this.listener?.onAnswerBytes();
    if (this.start.length < START_BYTES) {
      this.start += chunk.toString('latin1', 0, START_BYTES - this.start.length);
    }
    if (this.held.length === 0) return this.takeHeads(chunk);
    const piece = this.heldEnd + chunk.toString('latin1');
    if (!piece.includes(HEAD_END)) return this.hold(chunk, piece);
    return this.takeHeads(Buffer.concat([...this.held.splice(0), chunk]));
  }

  /** @param bytes begin with a head */
  private takeHeads(bytes: Buffer): Buffer | null {
    let rest = bytes;
    while (rest.length > 0) {
      const end = rest.indexOf(HEAD_END, 0, 'latin1');
      if (end < 0) return this.hold(rest, rest.toString('latin1'));
      const length = end + HEAD_END.length;
      if (!this.isInterim(rest)) return this.takeAnswer(rest, length);
      this.heldBytes += length;
      if (this.heldBytes > MAX_HELD_BYTES) return this.pass(rest);
      rest = rest.subarray(length);
      this.start = rest.toString('latin1', 0, START_BYTES);
    }
    return null;
  }

  /** 1xx, but for the switch of protocols, after which nothing is HTTP any more. */
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

  /** @param text of the piece, with what came right before it */
  private hold(piece: Buffer, text: string): Buffer | null {
    this.held.push(piece);
    this.heldBytes += piece.length;
    this.heldEnd = text.slice(1 - HEAD_END.length);
    // Where a later piece begins with a line end, its CR was looked at with the piece before. An answer begins with none.
    const isHead = HTTP_1.startsWith(this.start.slice(0, HTTP_1.length));
    const canEnd = isHead && this.heldBytes <= MAX_HELD_BYTES && !BARE_LINE_END.test(text);
    return canEnd ? null : this.pass(Buffer.concat(this.held.splice(0)));
  }

  private pass(bytes: Buffer): Buffer {
    this.isInHead = false;
    return bytes;
  }
}
