import { z } from 'zod';

export const instantSchema = z.iso.datetime({ offset: true });
export const uuidSchema = z.guid();

/** Text that PostgreSQL can hold: no NUL character. */
export function plainText(min: number, max: number) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !value.includes('\u0000'), 'must not contain the NUL character');
}

/** A name a person types: trimmed, not blank. */
export function nameText(max: number) {
  return plainText(0, max).trim().min(1);
}

/** What every list takes. `cursor` is opaque: the `nextCursor` of the page before. */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

export interface Page<T> {
  data: T[];
  page: { nextCursor: string | null };
}

export interface Single<T> {
  data: T;
}
