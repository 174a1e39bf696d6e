/**
 * Finds the events in the bytes of a batch, without parsing it: 8 MiB at once would stop everything else for a second.
 * Values are taken as they look; whoever parses them one by one finds out whether they are JSON.
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
  /** Lists and objects in it, itself among them. */
  containers: number;
}

export interface SplitBatch {
  /** The values of the body's members; of repeated names the last counts. */
  members: ReadonlyMap<string, Span>;
  /** Of `events`, when that is a list: no more than one beyond the limit. */
  items: readonly Span[] | undefined;
}

/** The bytes are no batch, and no JSON either. */
export class MalformedBatch extends Error {
  constructor(
    readonly fault: 'json' | 'depth',
    message: string,
  ) {
    super(message);
  }
}

export interface BatchLimits {
  maxDepth: number;
  maxItems: number;
}

/** Bytes that are looked at between two pauses. */
const BYTES_PER_STEP = 65_536;

type Steps<T> = Generator<undefined, T, undefined>;

/**
 * @param body begins with the brace of an object, spaces aside
 * @throws MalformedBatch
 */
export function* splitBatch(body: Uint8Array, limits: BatchLimits): Steps<SplitBatch> {
  const scan = new Scan(body, limits.maxDepth);
  const members = new Map<string, Span>();
  let items: Span[] | undefined;
  scan.skipSpace();
  scan.expect(OPEN_BRACE);
  while (scan.hasEntry(CLOSE_BRACE, members.size === 0)) {
    const name = scan.readName();
    scan.skipSpace();
    scan.expect(COLON);
    scan.skipSpace();
    const from = scan.at;
    if (name === 'events') {
      items = scan.peek() === OPEN_BRACKET ? yield* itemsOf(scan, limits.maxItems) : undefined;
      // What comes after the events that are too many is not looked at.
      if (items && items.length > limits.maxItems) return { members: members.set(name, EMPTY), items };
    }
    if (name !== 'events' || items === undefined) yield* scan.skipValue(1);
    members.set(name, { from, to: scan.at, containers: 0 });
  }
  scan.skipSpace();
  if (scan.at < body.length) scan.fail();
  return { members, items };
}

const EMPTY: Span = { from: 0, to: 0, containers: 0 };

function* itemsOf(scan: Scan, maxItems: number): Steps<Span[]> {
  const items: Span[] = [];
  scan.expect(OPEN_BRACKET);
  while (items.length <= maxItems && scan.hasEntry(CLOSE_BRACKET, items.length === 0)) {
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

  constructor(
    private readonly body: Uint8Array,
    private readonly maxDepth: number,
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

  skipSpace(): void {
    while (isSpace(this.peek())) this.at += 1;
  }

  /** Goes to the next entry of a list or an object, or past its end. */
  hasEntry(close: number, isFirst: boolean): boolean {
    this.skipSpace();
    if (this.peek() === close) {
      this.at += 1;
      return false;
    }
    if (!isFirst) {
      this.expect(COMMA);
      this.skipSpace();
    }
    if (this.peek() === close) this.fail();
    return true;
  }

  readName(): string {
    const from = this.at;
    if (this.peek() !== QUOTE) this.fail();
    this.skipText();
    try {
      return JSON.parse(new TextDecoder().decode(this.body.subarray(from, this.at))) as string;
    } catch {
      this.at = from;
      return this.fail();
    }
  }

  /** @param depth how many lists and objects it stands in */
  *skipValue(depth: number): Steps<void> {
    const first = this.peek();
    if (first === QUOTE) this.skipText();
    else if (first === OPEN_BRACE || first === OPEN_BRACKET) yield* this.skipContainer(depth);
    else this.skipScalar();
  }

  private *skipContainer(outerDepth: number): Steps<void> {
    let depth = outerDepth;
    do {
      const byte = this.body[this.at];
      if (byte === QUOTE) this.skipText();
      else {
        if (byte === undefined) this.fail();
        if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
          depth += 1;
          this.containers += 1;
        } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
        if (depth > this.maxDepth) {
          throw new MalformedBatch('depth', `is nested deeper than ${String(this.maxDepth)} levels`);
        }
        this.at += 1;
      }
      if (this.at < this.pauseAt) continue;
      this.pauseAt = this.at + BYTES_PER_STEP;
      yield;
    } while (depth > outerDepth);
  }

  private skipText(): void {
    const { body } = this;
    let at = this.at + 1;
    while (body[at] !== QUOTE) {
      if (at >= body.length) {
        this.at = body.length;
        this.fail();
      }
      at += body[at] === BACKSLASH ? 2 : 1;
    }
    this.at = at + 1;
  }

  private skipScalar(): void {
    const from = this.at;
    while (this.at < this.body.length && !endsScalar(this.peek())) this.at += 1;
    if (this.at === from) this.fail();
  }
}
