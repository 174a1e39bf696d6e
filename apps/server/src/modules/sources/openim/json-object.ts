/** Reads JSON of which nothing is known. */
import { parseExactly } from '@im/contracts/exact-json';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper values are not looked into: printing them again may fail, and parsers of receivers far earlier. */
const MAX_DEPTH = 150;

/** After what JSON takes for space, which a byte order mark is not. */
const BEGINS_AS_OBJECT = /^[ \t\r\n]*\{/;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that a text is, with exact numbers; undefined: it is no JSON, or nested too deep. */
export function parseJson(text: string): unknown {
  if (!isShallow(text)) return undefined;
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
}

/** The object that a text is, with exact numbers; null: it is none. */
export function parseObject(text: string): JsonObject | null {
  const value = BEGINS_AS_OBJECT.test(text) ? parseJson(text) : undefined;
  return isJsonObject(value) ? value : null;
}

/** The value at a path such as `changes.name`; undefined: there is none. */
export function valueAt(object: JsonObject, path: string): unknown {
  let value: unknown = object;
  for (const step of path.split('.')) {
    if (!isJsonObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

function isShallow(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return false;
    }
  }
  return true;
}
