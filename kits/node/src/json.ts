/** Reads and prints JSON with whole numbers beyond 2^53 as bigint. */
import { randomBytes } from 'node:crypto';

/** Marks a number that is written as text for a moment; it is random, so no input contains it. */
const MARK = `bigint-${randomBytes(16).toString('hex')}:`;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** @throws SyntaxError when it is not JSON */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text) as unknown;
  return JSON.parse(markLargeNumbers(text), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  ) as unknown;
}

export function printJson(value: unknown): string {
  const text = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'bigint' ? `${MARK}${String(each)}` : each,
  );
  return text.replaceAll(new RegExp(`"${MARK}(-?\\d+)"`, 'g'), '$1');
}

function markLargeNumbers(text: string): string {
  let marked = '';
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    marked += text
      .slice(at, end)
      .replace(NUMBER, (number) => (isLarge(number) ? `"${MARK}${number}"` : number));
    at = quote === -1 ? end : endOfString(text, quote);
    marked += text.slice(end, at);
  }
  return marked;
}

function isLarge(number: string): boolean {
  return /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}

/** @returns the position after the closing quote */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
}
