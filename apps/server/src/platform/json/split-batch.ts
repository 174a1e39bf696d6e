/**
 * Finds the events in the bytes of a batch, without parsing it: 8 MiB at once would stop everything else for a second.
 * Only the extent of values is found; whether they are valid JSON shows when they are parsed one by one.
 */

import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endsScalar,
  isSpace,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './json-bytes.js';

export interface Span {
  /** Offset of the value's first byte. */
  from: number;
  /** Offset after its last byte. */
  to: number;
  /** Lists and objects in it, including itself. */
  containers: number;
}

export interface SplitBatch {
  /** The values of the body's members; of repeated names the last counts. */
  members: ReadonlyMap<string, Span>;
  /** Of `events`, when that is a list: no more than one beyond the limit. */
  items: readonly Span[] | undefined;
}

/** The bytes are no batch: not JSON, nested too deep, or with too many members. */
export class MalformedBatch extends Error {
  constructor(
    readonly fault: 'json' | 'depth' | 'members',
    message: string,
  ) {
    super(message);
  }
}

export interface BatchLimits {
  maxDepth: number;
  maxItems: number;
  /** Of the body, those whose name is repeated too. */
  maxMembers: number;
  /** Of a member's name, as it is written. */
  maxNameBytes: number;
}

/** Bytes that are scanned between two pauses. */
const BYTES_PER_STEP = 65_536;

type Steps<T> = Generator<undefined, T, undefined>;

/**
 * @returns undefined when the body does not begin with the brace of an object
 * @throws MalformedBatch
 */
export function* splitBatch(body: Uint8Array, limits: BatchLimits): Steps<SplitBatch | undefined> {
  const scan = new Scan(body, limits);
  const members = new Map<string, Span>();
  let items: Span[] | undefined;
  let count = 0;
  yield* scan.skipSpace();
  if (scan.peek() !== OPEN_BRACE) return undefined;
  scan.expect(OPEN_BRACE);
  while (yield* scan.hasEntry(CLOSE_BRACE, count === 0)) {
    count += 1;
    if (count > limits.maxMembers) throw tooManyMembers(limits.maxMembers);
    const name = scan.readName();
    yield* scan.skipSpace();
    scan.expect(COLON);
    yield* scan.skipSpace();
    const from = scan.at;
    if (name === 'events') {
      items = scan.peek() === OPEN_BRACKET ? yield* itemsOf(scan, limits.maxItems) : undefined;
      // Nothing after the limit of events is scanned.
      if (items && items.length > limits.maxItems) return { members: members.set(name, EMPTY), items };
    }
    if (name !== 'events' || items === undefined) yield* scan.skipValue(1);
    members.set(name, { from, to: scan.at, containers: 0 });
  }
  yield* scan.skipSpace();
  if (scan.at < body.length) scan.fail();
  return { members, items };
}

const EMPTY: Span = { from: 0, to: 0, containers: 0 };

function tooManyMembers(maxMembers: number): MalformedBatch {
  return new MalformedBatch('members', `may have at most ${String(maxMembers)} members`);
}

function* itemsOf(scan: Scan, maxItems: number): Steps<Span[]> {
  const items: Span[] = [];
  scan.expect(OPEN_BRACKET);
  while (items.length <= maxItems && (yield* scan.hasEntry(CLOSE_BRACKET, items.length === 0))) {
    const from = scan.at;
    const containers = scan.containers;
    yield* scan.skipValue(2);
    items.push({ from, to: scan.at, containers: scan.containers - containers });
  }
  return items;
}

class Scan {
  at = 0;
  /** Lists and objects passed in values. */
  containers = 0;
  private pauseAt = BYTES_PER_STEP;
  private readonly decoder = new TextDecoder();

  constructor(
    private readonly body: Uint8Array,
    private readonly limits: BatchLimits,
  ) {}

  peek(): number {
    return this.body[this.at] ?? 0;
  }

  fail(): never {
    const where = this.at < this.body.length ? `at byte ${String(this.at)}` : 'at its end';
    throw new MalformedBatch('json', `something else was expected ${where}`);
  }

  expect(byte: number): void {
    if (this.body[this.at] !== byte) this.fail();
    this.at += 1;
  }

  *skipSpace(): Steps<void> {
    while (isSpace(this.peek())) {
      this.at += 1;
      if (this.at >= this.pauseAt) yield* this.pause();
    }
  }

  /** Goes to the next entry of a list or an object, or past its end. */
  *hasEntry(close: number, isFirst: boolean): Steps<boolean> {
    yield* this.skipSpace();
    if (this.peek() === close) {
      this.at += 1;
      return false;
    }
    if (!isFirst) {
      this.expect(COMMA);
      yield* this.skipSpace();
    }
    if (this.peek() === close) this.fail();
    return true;
  }

  readName(): string {
    const from = this.at;
    const { maxNameBytes } = this.limits;
    if (this.peek() !== QUOTE) this.fail();
    this.at += 1;
    if (!this.goOnInText(from + maxNameBytes)) {
      throw new MalformedBatch(
        'members',
        `may have no member whose name is longer than ${String(maxNameBytes)} bytes`,
      );
    }
    try {
      return JSON.parse(this.decoder.decode(this.body.subarray(from, this.at))) as string;
    } catch {
      this.at = from;
      return this.fail();
    }
  }

  /** @param depth its nesting depth */
  *skipValue(depth: number): Steps<void> {
    const first = this.peek();
    if (first === QUOTE) yield* this.skipText();
    else if (first === OPEN_BRACE || first === OPEN_BRACKET) yield* this.skipContainer(depth);
    else yield* this.skipScalar();
  }

  private *skipContainer(outerDepth: number): Steps<void> {
    const { maxDepth } = this.limits;
    let depth = outerDepth;
    do {
      const byte = this.body[this.at];
      if (byte === undefined) this.fail();
      this.at += 1;
      if (byte === QUOTE) while (!this.goOnInText(this.pauseAt)) yield* this.pause();
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth += 1;
        this.containers += 1;
        if (depth > maxDepth) {
          throw new MalformedBatch('depth', `is nested deeper than ${String(maxDepth)} levels`);
        }
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
      if (this.at >= this.pauseAt) yield* this.pause();
    } while (depth > outerDepth);
  }

  private *skipText(): Steps<void> {
    this.expect(QUOTE);
    while (!this.goOnInText(this.pauseAt)) yield* this.pause();
  }

  /** @returns whether the text has ended before `until` */
  private goOnInText(until: number): boolean {
    const { body } = this;
    let at = this.at;
    while (at < until && at < body.length) {
      const byte = body[at];
      at += byte === BACKSLASH ? 2 : 1;
      if (byte === QUOTE) {
        this.at = at;
        return true;
      }
    }
    this.at = at;
    if (at >= body.length) this.fail();
    return false;
  }

  private *skipScalar(): Steps<void> {
    const from = this.at;
    while (this.at < this.body.length && !endsScalar(this.peek())) {
      this.at += 1;
      if (this.at >= this.pauseAt) yield* this.pause();
    }
    if (this.at === from) this.fail();
  }

  private *pause(): Steps<void> {
    this.pauseAt = this.at + BYTES_PER_STEP;
    yield;
  }
}
