/** Reads JSON text for an editor: the first fault with its line, and the line of each value. */

export type JsonFaultKind =
  | 'unexpectedEnd'
  | 'unexpected'
  | 'missingComma'
  | 'missingColon'
  | 'missingName'
  | 'trailingComma'
  | 'badText'
  | 'duplicateName'
  | 'tooDeep'
  | 'afterEnd';

export interface JsonFault {
  kind: JsonFaultKind;
  /** Counted from 1. */
  line: number;
  column: number;
  /** The first characters of the text at this place. */
  found: string;
}

export interface ReadJson {
  fault: JsonFault | null;
  /** The line of each value by its JSON Pointer; in a text with a fault of those before it. */
  lines: ReadonlyMap<string, number>;
}

/** Levels; the service accepts 64. */
const MAX_DEPTH = 200;
const SPACE = /[ \t\r\n]*/y;
/** Of characters from the space on: controls have to be escaped. */
const TEXT = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const SHOWN = 12;

class Fault extends Error {
  constructor(
    readonly kind: JsonFaultKind,
    readonly offset: number,
  ) {
    super(kind);
  }
}

export function readJson(text: string): ReadJson {
  const reader = new JsonReader(text);
  try {
    reader.read();
    return { fault: null, lines: reader.lines };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.offset).split('\n');
    return {
      fault: {
        kind: error.kind,
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        found: /^\S*/.exec(text.slice(error.offset, error.offset + SHOWN))?.[0] ?? '',
      },
      lines: reader.lines,
    };
  }
}

/** The line of what a pointer leads to, or else of the nearest value around it. */
export function lineAt(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = lines.get(at);
    if (line !== undefined) return line;
  }
  return lines.get('') ?? 1;
}

class JsonReader {
  readonly lines = new Map<string, number>();
  private offset = 0;
  private line = 1;
  private countedTo = 0;

  constructor(private readonly text: string) {}

  read(): void {
    this.readValue('', 0);
    this.skipSpace();
    if (this.offset < this.text.length) throw new Fault('afterEnd', this.offset);
  }

  private readValue(pointer: string, depth: number): void {
    this.skipSpace();
    if (depth > MAX_DEPTH) throw new Fault('tooDeep', this.offset);
    this.lines.set(pointer, this.lineHere());
    const next = this.text[this.offset];
    if (next === undefined) throw new Fault('unexpectedEnd', this.offset);
    if (next === '{') this.readMembers(pointer, depth);
    else if (next === '[') this.readItems(pointer, depth);
    else if (next === '"') this.readText();
    else if (this.match(WORD) === null) throw new Fault('unexpected', this.offset);
  }

  private readMembers(pointer: string, depth: number): void {
    const names = new Set<string>();
    this.readList('}', () => {
      const at = this.offset;
      if (this.text[at] !== '"') throw new Fault('missingName', at);
      const name = JSON.parse(this.readText()) as string;
      if (names.has(name)) throw new Fault('duplicateName', at);
      names.add(name);
      this.skipSpace();
      if (this.text[this.offset] !== ':') throw this.endOr('missingColon');
      this.offset += 1;
      this.readValue(`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    });
  }

  private readItems(pointer: string, depth: number): void {
    let index = 0;
    this.readList(']', () => {
      this.readValue(`${pointer}/${String(index)}`, depth + 1);
      index += 1;
    });
  }

  private readList(close: string, readEntry: () => void): void {
    this.offset += 1;
    this.skipSpace();
    if (this.take(close)) return;
    for (;;) {
      this.skipSpace();
      if (this.text[this.offset] === undefined) throw new Fault('unexpectedEnd', this.offset);
      readEntry();
      this.skipSpace();
      if (this.take(close)) return;
      const comma = this.offset;
      if (!this.take(',')) throw this.endOr('missingComma');
      this.skipSpace();
      if (this.text[this.offset] === close) throw new Fault('trailingComma', comma);
    }
  }

  private readText(): string {
    const text = this.match(TEXT);
    if (text === null) throw new Fault('badText', this.offset);
    return text;
  }

  private take(expected: string): boolean {
    if (this.text[this.offset] !== expected) return false;
    this.offset += 1;
    return true;
  }

  private match(expression: RegExp): string | null {
    expression.lastIndex = this.offset;
    const found = expression.exec(this.text)?.[0] ?? null;
    this.offset += found?.length ?? 0;
    return found;
  }

  private skipSpace(): void {
    this.match(SPACE);
  }

  private endOr(kind: JsonFaultKind): Fault {
    return new Fault(this.offset >= this.text.length ? 'unexpectedEnd' : kind, this.offset);
  }

  /** Continues to count from the last position, so that the text is read only once. */
  private lineHere(): number {
    for (; this.countedTo < this.offset; this.countedTo += 1) {
      if (this.text[this.countedTo] === '\n') this.line += 1;
    }
    return this.line;
  }
}
