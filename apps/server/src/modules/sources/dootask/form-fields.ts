/** Reads urlencoded bodies as PHP writes them: nested names (`msg_user[nickname]`), `+` for a space. */

/** Bytes as characters, one each: what is not UTF-8 survives. */
export type Bytes = string;

type Node = Map<string, string | Node>;

/** Fields of one body; DooTask sends about twenty. */
export const MAX_FIELDS = 1_000;
export const MAX_NAME_LENGTH = 200;
const MAX_DEPTH = 5;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

export function utf8Of(bytes: Bytes): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Undoes urlencoding; a `%` that begins no code stays. A loop over bytes, since a text of some MiB is nearly all codes. */
export function decodeForm(text: Bytes): string {
  if (!/[%+]/.test(text)) return utf8Of(text);
  const given = Buffer.from(text, 'latin1');
  const decoded = Buffer.allocUnsafe(given.length);
  let length = 0;
  for (let at = 0; at < given.length; at += 1) {
    const byte = given[at] ?? 0;
    const code = byte === PERCENT ? 16 * digitAt(given, at + 1) + digitAt(given, at + 2) : Number.NaN;
    if (!Number.isNaN(code)) at += 2;
    decoded[length] = Number.isNaN(code) ? (byte === PLUS ? SPACE : byte) : code;
    length += 1;
  }
  return decoded.toString('utf8', 0, length);
}

/** @returns NaN: it is no hexadecimal digit */
function digitAt(bytes: Buffer, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}

/** @returns null: there are too many, or a name is too long */
export function readForm(body: Bytes): Record<string, unknown> | null {
  const pairs = body.split('&', MAX_FIELDS + 1);
  if (pairs.length > MAX_FIELDS) return null;
  const root: Node = new Map();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0) continue;
    if (equals > 3 * MAX_NAME_LENGTH) return null;
    const name = decodeForm(pair.slice(0, equals)).trim();
    if (name.length > MAX_NAME_LENGTH) return null;
    setField(root, name, decodeForm(pair.slice(equals + 1)));
  }
  return fieldsOf(root);
}

/** Makes fields of names that may be nested, such as `member[userid]`. */
export function nestFields(
  named: readonly (readonly [name: string, value: string])[],
): Record<string, unknown> {
  const root: Node = new Map();
  for (const [name, value] of named) setField(root, name, value);
  return fieldsOf(root);
}

/** The parts of a name: `msg_user[token]` has two. */
export function pathOfName(name: string): string[] {
  const [, first, nested = ''] = NAME.exec(name) ?? [];
  if (first === undefined) return [name];
  const path = [first, ...nested.split(/\]?\[|\]$/).slice(1, -1)];
  return path.length <= MAX_DEPTH ? path : [name];
}

function setField(root: Node, name: string, value: string): void {
  const path = pathOfName(name);
  let node = root;
  for (const [index, given] of path.entries()) {
    const key = given === '' && index > 0 ? String(node.size) : given;
    if (index === path.length - 1) {
      node.set(key, value);
      return;
    }
    const next = node.get(key);
    const inner: Node = next instanceof Map ? next : new Map<string, string | Node>();
    node.set(key, inner);
    node = inner;
  }
}

/** Defines each field, since assigning one named `__proto__` would set the prototype. */
function fieldsOf(node: Node): Record<string, unknown> {
  return Object.fromEntries(
    [...node].map(([name, value]) => [name, value instanceof Map ? valueOf(value) : value]),
  );
}

function valueOf(node: Node): unknown {
  const isList = [...node.keys()].every((key, index) => key === String(index));
  if (!isList) return fieldsOf(node);
  return [...node.values()].map((value) => (value instanceof Map ? valueOf(value) : value));
}
