import { z } from 'zod';
import { findInvisibleInCode, findInvisibleInName } from '../invisible-characters.js';

/**
 * An instant, ISO 8601 with an offset or `Z`. The years are those that every part of the system can represent with four
 * digits; an offset may not push an instant out of them.
 */
export const instantSchema = z.iso.datetime({ offset: true, abort: true }).refine((value) => {
  const year = new Date(value).getUTCFullYear();
  return year >= 1970 && year <= 9999;
}, 'must lie between the years 1970 and 9999');
export const uuidSchema = z.guid();

/** Text that PostgreSQL can store: no NUL character, no half of a surrogate pair. */
export function plainText(min: number, max: number) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !value.includes('\u0000'), {
      message: 'must not contain the NUL character',
      abort: true,
    })
    .refine((value) => value.isWellFormed(), {
      message: 'must be well-formed Unicode: it has half of a surrogate pair',
      abort: true,
    });
}

/** The id that the caller's own system has for a thing, usable as `ext:<externalId>` in place of its id. */
export const externalIdSchema = plainText(1, 100).regex(
  /^[\w.:-]+$/,
  'must consist of letters, digits and . _ : -',
);

/** A name that a person types: trimmed, with visible characters and without invisible ones that change it. */
export function nameText(max: number) {
  return plainText(0, max).trim().min(1).superRefine(refusing(findInvisibleInName));
}

/**
 * Refuses invisible characters in a text of which every character counts, such as a secret or a URL.
 *
 * @param schema whose check comes first
 */
export function visibleText<T extends z.ZodString>(schema: T): T {
  return schema.superRefine(refusing(findInvisibleInCode));
}

function refusing(find: (text: string) => string | undefined) {
  return (text: string, context: z.RefinementCtx): void => {
    const message = find(text);
    if (message === undefined) return;
    // This is then the only fault.
    const params = { fieldCode: 'invisible_character' };
    context.addIssue({ code: 'custom', message, params, continue: false });
  };
}

/** As a URL spells a whole number: digits, not `1e2`, ` 5`, `0x10` or nothing at all. */
const WHOLE_NUMBER = /^-?\d{1,15}$/;

/** A whole number in a query. */
export function wholeNumberParameter(min: number, max: number) {
  return z.preprocess(
    (value: string | number) =>
      typeof value === 'string' && WHOLE_NUMBER.test(value) ? Number(value) : value,
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
