/** Reads arguments and options; what is wrong is said in one line. */
import { readFile } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { text as readStream } from 'node:stream/consumers';
import { CliError, EXIT } from './exit-codes.js';
import type { Texts } from './texts/en.js';

export function readPort(value: string, text: Texts): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65_535) throw new CliError(EXIT.usage, text.errors.badPort(value));
  return port;
}

/** A comma-separated list. */
export function readList(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** JSON, or `@file`, or `@-` for standard input. */
export async function readObject(
  value: string,
  text: Texts,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const json = value.startsWith('@') ? await readText(value.slice(1), text, signal) : value;
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new CliError(EXIT.usage, text.errors.badJson(value));
}

/** @param file `-` for standard input */
export async function readText(file: string, text: Texts, signal: AbortSignal): Promise<string> {
  try {
    return await (file === '-'
      ? readStream(addAbortSignal(signal, process.stdin))
      : readFile(file, { encoding: 'utf8', signal }));
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CliError(EXIT.usage, text.errors.unreadableFile(file, why));
  }
}

/** `key=value`, several of them. */
export function readPairs(values: readonly string[], text: Texts): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf('=');
      if (at <= 0) throw new CliError(EXIT.usage, text.errors.badPair(value));
      return [value.slice(0, at), value.slice(at + 1)];
    }),
  );
}

/** An instant as ISO 8601, or a span before now: `90s`, `30m`, `2h`, `7d`. */
export function readInstant(value: string, now: Date, text: Texts): string {
  const [, amount = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  if (unit !== '') return new Date(now.getTime() - Number(amount) * (UNIT_MS[unit] ?? 0)).toISOString();
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new CliError(EXIT.usage, text.errors.badInstant(value));
  return new Date(at).toISOString();
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
