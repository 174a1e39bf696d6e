/**
 * Takes tokens out of the bytes of a body: the bot's (`token`), the user's (`msg_user[token]`, or the sixth part named
 * `msg_user`), and whatever else is called a token. Where a body cannot be read, everything that looks like one goes.
 */
import { parseExactly } from '@im/contracts/exact-json';
import { isFields } from './field-values.js';
import { decodeForm, MAX_FIELDS, pathOfName, utf8Of, type Bytes } from './form-fields.js';
import { findParts, type Part } from './multipart-parts.js';

const MASK = '***';
/** Keys end with it: `token`, `bot_token`. */
const TOKEN_KEY = /token$/i;
/** A shorter one is masked where it is named a token, and nowhere else: it may be an id as well. */
const MIN_SECRET_LENGTH = 8;
const MAX_SECRETS = 20;
/** The parts named `msg_user` before the user's token. */
const PARTS_BEFORE_USER_TOKEN = 5;

/** A text of a form has no bare `=`, so what a person writes is not taken for a field. */
const IN_FORM = /(token(?:%5d|\])?=)[^&\s"'<>]*/gi;
const IN_TEXT = /(token(?:%5d|\])?(?:=|%3d))[^&\s"'<>]*/gi;
const IN_JSON = /("[\w-]{0,100}token"\s{0,20}:\s{0,20})(?:"[^"]*"?|-?\d[\d.e+-]*|true|false)/gi;
const IN_PARTS =
  /(name="?(?:[\w-]{0,100}token|msg_user|[\w-]{0,100}\[token\])"?[^\n]{0,200}\n(?:[^\n]{1,200}\n){0,2}?\r?\n)[^\r\n]*/gi;

type Secrets = Set<string>;

export function redactTokens(body: Buffer): Buffer {
  const bytes = body.toString('latin1');
  const secrets: Secrets = new Set();
  const masked = maskNamed(bytes, secrets);
  const redacted = maskEverywhere(masked, secrets);
  return redacted === bytes ? body : Buffer.from(redacted, 'latin1');
}

/** Also used for queries. */
export function redactForm(text: Bytes, secrets: Secrets = new Set()): Bytes {
  const given = text.split('&', MAX_FIELDS + 1);
  if (given.length > MAX_FIELDS) return maskAnything(text);
  const pairs = given.map((pair) => {
    const equals = pair.indexOf('=');
    if (equals <= 0 || equals > 1_000) return pair;
    if (!TOKEN_KEY.test(pathOfName(decodeForm(pair.slice(0, equals)).trim()).at(-1) ?? '')) return pair;
    return `${pair.slice(0, equals + 1)}${mask(decodeForm(pair.slice(equals + 1)), secrets)}`;
  });
  return pairs.join('&').replace(IN_FORM, `$1${MASK}`);
}

/** Leaves out what is named a token, at any depth. */
export function withoutTokens(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTokens);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      TOKEN_KEY.test(name) ? [] : [[name, withoutTokens(each)]],
    ),
  );
}

function maskNamed(bytes: Bytes, secrets: Secrets): Bytes {
  const parts = findParts(bytes);
  if (parts) return maskParts(bytes, parts, secrets);
  if (/^\s*(?:\xef\xbb\xbf)?\s*[{[]/.test(bytes.slice(0, 100))) return maskJson(bytes, secrets);
  const isForm = /^[\w%.~+[\]-]{1,200}=/.test(bytes);
  return isForm ? redactForm(bytes, secrets) : maskAnything(bytes);
}

function maskParts(bytes: Bytes, parts: readonly Part[], secrets: Secrets): Bytes {
  let users = 0;
  let at = 0;
  const pieces: string[] = [];
  for (const { name, start, end } of parts) {
    if (name === 'msg_user') users += 1;
    const isUserToken = name === 'msg_user' && users > PARTS_BEFORE_USER_TOKEN;
    if (!isUserToken && !TOKEN_KEY.test(pathOfName(name).at(-1) ?? '')) continue;
    pieces.push(bytes.slice(at, start), mask(utf8Of(bytes.slice(start, end)), secrets));
    at = end;
  }
  return pieces.join('') + bytes.slice(at);
}

function maskJson(bytes: Bytes, secrets: Secrets): Bytes {
  try {
    const text = utf8Of(bytes);
    collectFrom(parseExactly(text.replace(/^\ufeff/, '')), secrets);
    const masked = bytes.replace(IN_JSON, `$1"${MASK}"`);
    const again: unknown = parseExactly(utf8Of(masked).replace(/^\ufeff/, ''));
    // A key written with escapes, or a token that is an object: rare enough to be serialised again.
    return collectFrom(again, new Set())
      ? Buffer.from(JSON.stringify(masksIn(again))).toString('latin1')
      : masked;
  } catch {
    return maskAnything(bytes);
  }
}

function maskAnything(bytes: Bytes): Bytes {
  return bytes.replace(IN_PARTS, `$1${MASK}`).replace(IN_JSON, `$1"${MASK}"`).replace(IN_TEXT, `$1${MASK}`);
}

/** @returns whether there is anything to mask */
function collectFrom(value: unknown, secrets: Secrets): boolean {
  if (Array.isArray(value)) {
    return value.reduce<boolean>((found, each) => collectFrom(each, secrets) || found, false);
  }
  if (!isFields(value)) return false;
  let isFound = false;
  for (const [name, each] of Object.entries(value)) {
    if (!TOKEN_KEY.test(name)) isFound = collectFrom(each, secrets) || isFound;
    else if (each !== MASK && each !== null && each !== '') {
      isFound = true;
      if (typeof each === 'string') mask(each, secrets);
    }
  }
  return isFound;
}

function masksIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masksIn);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, TOKEN_KEY.test(name) ? MASK : masksIn(each)]),
  );
}

/** @returns what stands in its place */
function mask(secret: string, secrets: Secrets): string {
  if (secret === '') return '';
  if (secret.length >= MIN_SECRET_LENGTH && secrets.size < MAX_SECRETS) secrets.add(secret);
  return MASK;
}

/** Masks the tokens also where a text repeats them, as they are or encoded. */
function maskEverywhere(bytes: Bytes, secrets: Secrets): Bytes {
  let masked = bytes;
  for (const secret of secrets) {
    const encoded = encodeURIComponent(secret.toWellFormed());
    const forms = [secret, encoded, encoded.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)];
    for (const form of new Set(forms)) {
      masked = masked.replaceAll(Buffer.from(form, 'utf8').toString('latin1'), MASK);
    }
  }
  return masked;
}
