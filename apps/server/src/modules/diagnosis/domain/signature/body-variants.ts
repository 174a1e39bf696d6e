/** Guesses what a body was before it was changed on its way. */
import type { SignatureFindingCode } from '@im/contracts/api/signature-explanation';

export interface BodyVariant {
  body: Buffer;
  finding: Extract<SignatureFindingCode, `body_${string}`>;
}

/** Longer bodies are not rewritten in every way, to bound the time. */
const MAX_RESERIALISED_BYTES = 524_288;

export function bodyVariants(body: Buffer): BodyVariant[] {
  const variants = [...newlines(body), ...charsets(body), ...reserialised(body)];
  if (body.length > 0) variants.push({ body: Buffer.alloc(0), finding: 'body_missing' });
  return variants.filter((variant) => !variant.body.equals(body));
}

function newlines(body: Buffer): BodyVariant[] {
  const text = body.toString('latin1');
  const texts = [
    withoutLineEnds(text),
    text.trim(),
    `${text}\n`,
    `${text}\r\n`,
    text.replaceAll('\r\n', '\n'),
    text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'),
  ];
  return texts.map((each) => ({ body: Buffer.from(each, 'latin1'), finding: 'body_newline' }));
}

function withoutLineEnds(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
  return text.slice(0, end);
}

function charsets(body: Buffer): BodyVariant[] {
  const bom = Buffer.from([0xef, 0xbb, 0xbf]);
  const hasBom = body.subarray(0, 3).equals(bom);
  const bodies = [
    hasBom ? body.subarray(3) : Buffer.concat([bom, body]),
    // Read as Latin-1 and written as UTF-8 again, once too often or once too seldom.
    Buffer.from(body.toString('latin1'), 'utf8'),
    Buffer.from(body.toString('utf8'), 'latin1'),
    Buffer.from(body.toString('utf8'), 'utf16le'),
    ...fromOtherCharsets(body),
  ];
  return bodies.map((each) => ({ body: each, finding: 'body_charset' }));
}

/** A body that is not UTF-8 was most often transcoded for a Chinese system. */
function fromOtherCharsets(body: Buffer): Buffer[] {
  return ['gb18030', 'big5', 'shift_jis'].flatMap((charset) => {
    try {
      return [Buffer.from(new TextDecoder(charset, { fatal: true }).decode(body), 'utf8')];
    } catch {
      return [];
    }
  });
}

function reserialised(body: Buffer): BodyVariant[] {
  if (body.length > MAX_RESERIALISED_BYTES) return [];
  try {
    return reserialisedForms(JSON.parse(body.toString('utf8').replace(/^\uFEFF/, '')));
  } catch {
    // Not JSON, or nested too deeply to serialize.
    return [];
  }
}

function reserialisedForms(value: unknown): BodyVariant[] {
  const compact = JSON.stringify(value);
  const sorted = JSON.stringify(sortedKeys(value));
  const texts: [string, BodyVariant['finding']][] = [
    [compact, 'body_reserialised'],
    [sorted, 'body_reserialised'],
    [JSON.stringify(value, null, 2), 'body_reserialised'],
    [JSON.stringify(value, null, 4), 'body_reserialised'],
    [JSON.stringify(value, null, '\t'), 'body_reserialised'],
    [spaced(compact), 'body_reserialised'],
    [spaced(sorted), 'body_reserialised'],
    [escapedUnicode(compact), 'body_escapes'],
    [escapedUnicode(spaced(compact)), 'body_escapes'],
    [compact.replaceAll('/', '\\/'), 'body_escapes'],
    [escapedUnicode(compact).replaceAll('/', '\\/'), 'body_escapes'],
    [escapedHtml(compact), 'body_escapes'],
  ];
  return texts.map(([text, finding]) => ({ body: Buffer.from(text, 'utf8'), finding }));
}

/** As Python writes JSON: a space after each colon and comma outside of texts. */
function spaced(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|[:,]/g, (token) =>
    token === ':' || token === ',' ? `${token} ` : token,
  );
}

/** As Python and PHP do by default. */
function escapedUnicode(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** As Go does by default. */
function escapedHtml(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sortedKeys(each)]));
}
