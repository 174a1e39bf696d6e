/** Defines the statistics of a webhook's before-callbacks. */
import { z } from 'zod';
import { instantSchema } from './common.js';

export const beforeStatisticsQuerySchema = z.strictObject({
  /** Inclusive, from its whole minute; absent: 24 hours ago. */
  from: instantSchema.optional(),
  /** Exclusive, to the end of its minute; absent: now. */
  to: instantSchema.optional(),
});
export type BeforeStatisticsQuery = z.output<typeof beforeStatisticsQuerySchema>;

export const beforeStatisticsSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    /** Questions: the sum of the next three, by any decider. */
    total: z.number().int(),
    allowed: z.number().int(),
    denied: z.number().int(),
    modified: z.number().int(),
    /** Decided by the receiver; the others were decided by the policy, for one of the reasons that follow. */
    byReceiver: z.number().int(),
    byDeadline: z.number().int(),
    byBreaker: z.number().int(),
    byInvalidAnswer: z.number().int(),
    byError: z.number().int(),
    /** The share that the policy decided, 0 to 1; null: nothing was asked. */
    policyShare: z.number().nullable(),
    /** From the question to the decision; null: nothing was asked. */
    meanMs: z.number().nullable(),
    maxMs: z.number().nullable(),
  })
  .meta({ id: 'BeforeStatistics' });
export type BeforeStatistics = z.infer<typeof beforeStatisticsSchema>;
