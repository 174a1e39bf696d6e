import { z } from 'zod';

/**
 * An instant, ISO 8601 with an offset or `Z`. The years are those that every part of the system can hold and
 * print with four digits; an offset may not push an instant out of them.
 */
export const instantSchema = z.iso.datetime({ offset: true, abort: true }).refine((value) => {
  const year = new Date(value).getUTCFullYear();
  return year >= 1970 && year <= 9999;
}, 'must lie between the years 1970 and 9999');
export const uuidSchema = z.guid();

/** Text that PostgreSQL can hold: no NUL character, no half of a surrogate pair. */
export function plainText(min: number, max: number) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !value.includes('\u0000'), 'must not contain the NUL character')
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');
}

/** A name a person types: trimmed, not blank. */
export function nameText(max: number) {
  return plainText(0, max).trim().min(1);
}

/** As a URL spells a whole number: digits, not `1e2`, ` 5`, `0x10` or nothing at all. */
const WHOLE_NUMBER = /^-?\d{1,15}$/;

/** A whole number in a query. */
export function wholeNumberParameter(min: number, max: number) {
  return z.preprocess(
    (value) => (typeof value === 'string' && WHOLE_NUMBER.test(value) ? Number(value) : value),
    z.number().int().min(min).max(max),
  );
}

/** What every list takes. `cursor` is opaque: the `nextCursor` of the page before. */
export const pageQuerySchema = z.strictObject({
  limit: wholeNumberParameter(1, 200).default(50),
  cursor: plainText(0, 200).optional(),
});

/** Shows what is masked; who asked, for what and why is recorded. */
export const revealRequestSchema = z.strictObject({
  /** Why it has to be seen. */
  reason: nameText(500).optional(),
});
export type RevealRequest = z.infer<typeof revealRequestSchema>;

/** `asc` begins with the oldest. */
export const orderSchema = z.enum(['asc', 'desc']);
export type Order = z.infer<typeof orderSchema>;

/** `csv`: RFC 4180 in UTF-8 with a byte order mark, for spreadsheets; `ndjson`: a JSON value each line. */
export const exportFormatSchema = z.enum(['csv', 'ndjson']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

export interface Page<T> {
  data: T[];
  page: { nextCursor: string | null };
}

export interface Single<T> {
  data: T;
}
