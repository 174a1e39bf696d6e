/** Defines why deliveries fail, counted for the overview of an app. */
import { z } from 'zod';
import { instantSchema } from './common.js';
import { errorClassSchema } from './deliveries.js';

/** Of one cause and webhook: the newest ones that failed. */
export const MAX_COUNTED_FAILED = 1_000;
/** Of one webhook: the oldest ones that wait, tried or not. */
export const MAX_COUNTED_WAITING = 10_000;

export const failureCausesQuerySchema = z.strictObject({
  /** Creation time of deliveries, inclusive. Absent: a day before the end. */
  from: instantSchema.optional(),
  /** Exclusive. Absent: now. */
  to: instantSchema.optional(),
});
export type FailureCausesQuery = z.output<typeof failureCausesQuerySchema>;

export const failureCauseSchema = z
  .object({
    errorClass: errorClassSchema,
    /** Deliveries that failed for it, and those that are retried after it. Test sends and before-callbacks are left out. */
    count: z.number().int(),
    /** The HTTP statuses behind it, the most frequent first; at most three. */
    responseStatuses: z.array(z.number().int()),
  })
  .meta({ id: 'FailureCause' });
export type FailureCause = z.infer<typeof failureCauseSchema>;

export const failureCausesSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    /** The most frequent one first. */
    causes: z.array(failureCauseSchema),
    /** There were more than are counted: the newest 1,000 of a cause and webhook, the oldest 10,000 that wait for a webhook. */
    isPartial: z.boolean(),
  })
  .meta({ id: 'FailureCauses' });
export type FailureCauses = z.infer<typeof failureCausesSchema>;
