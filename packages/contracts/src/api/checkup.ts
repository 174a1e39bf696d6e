/** Defines the check-up of a receiver: what it does right and wrong, as a score card. */
import { z } from 'zod';
import { localizedTextSchema } from '../diagnosis/diagnosis.js';

/** In the order of the score card, with the points each is worth. */
export const CHECKUP_WEIGHTS = {
  good_signature: 25,
  wrong_signature: 20,
  stale_timestamp: 10,
  duplicate: 10,
  unicode_body: 5,
  large_body: 5,
  speed: 10,
  keep_alive: 5,
  method_and_redirect: 5,
  tls: 5,
} as const;
export type CheckName = keyof typeof CHECKUP_WEIGHTS;

export const CHECKUP_NAMES = Object.keys(CHECKUP_WEIGHTS) as [CheckName, ...CheckName[]];

/** Sent with each request of a check-up, so that a receiver can recognise it; its value is the check's name. */
export const CHECKUP_HEADER = 'X-App-Checkup';

/** A webhook can be checked up once in this time, in seconds. */
export const CHECKUP_INTERVAL_SECONDS = 30;

export const checkSchema = z.object({
  check: z.enum(CHECKUP_NAMES),
  /** `skipped`: it could not be judged. */
  status: z.enum(['pass', 'warn', 'fail', 'skipped']),
  title: localizedTextSchema,
  /** What was seen. */
  detail: localizedTextSchema,
  /** What to do; null where there is nothing. */
  advice: localizedTextSchema.nullable(),
  durationMs: z.number().nullable(),
  responseStatus: z.number().int().nullable(),
});
export type Check = z.infer<typeof checkSchema>;

export const checkupSchema = z
  .object({
    /** 0-100: the points of what passed, half of those with a warning, of all that could be judged. */
    score: z.number().int(),
    startedAt: z.string(),
    durationMs: z.number(),
    checks: z.array(checkSchema),
  })
  .meta({ id: 'Checkup' });
export type Checkup = z.infer<typeof checkupSchema>;
