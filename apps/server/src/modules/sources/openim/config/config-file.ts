/** Reads a YAML file as names, values and lines, and collects what is found in it. */
import type { ConfigFinding } from '@im/contracts/api/sources';
import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';

export interface Entry {
  name: string;
  /** Of the name, counted from 1. */
  line: number;
  /** Of the value; null: none. */
  node: Node | null;
}

export class ConfigFile {
  /** Of the file's top. */
  readonly root: Node | null;
  /** The first mistake that makes it no YAML. */
  readonly mistake: { line: number; message: string } | null;
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(text: string) {
    const document = parseDocument(text, {
      lineCounter: this.lines,
      prettyErrors: false,
      logLevel: 'silent',
      // It compares each name with each other one, which takes seconds in a long file.
      uniqueKeys: false,
    });
    this.document = document;
    this.root = document.contents;
    const [error] = document.errors;
    this.mistake = error ? { line: this.lines.linePos(error.pos[0]).line, message: error.message } : null;
  }

  /** null: it is no map. */
  entriesOf(node: Node | null): Entry[] | null {
    const map = this.resolved(node);
    if (!isMap(map)) return null;
    return map.items.map(({ key, value }) => ({
      name: isScalar(key) ? String(key.value) : '',
      line: this.lineOf(isScalar(key) ? key : null) ?? 1,
      node: value as Node | null,
    }));
  }

  /** Numbers, texts, lists and maps as in JavaScript; undefined: it refers to too much. */
  valueOf(node: Node | null): unknown {
    try {
      return this.resolved(node)?.toJS(this.document, { maxAliasCount: 100 }) as unknown;
    } catch {
      return undefined;
    }
  }

  lineOf(node: Node | null): number | null {
    return node?.range ? this.lines.linePos(node.range[0]).line : null;
  }

  private resolved(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(this.document) ?? null) : node;
  }
}

export function finding(
  severity: ConfigFinding['severity'],
  line: number | null,
  en: string,
  zh: string,
): ConfigFinding {
  return { severity, line, message: { en, zh } };
}

/** A part of the file that is repeated in a finding. */
export function quoted(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
