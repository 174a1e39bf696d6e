import { z } from 'zod';
import { boundedList } from './bounded.js';
import { fillRetryPolicy, MAX_ATTEMPTS_LIMIT, RETRY_STRATEGIES, type RetryPolicy } from './retry-presets.js';

export const retryStrategySchema = z.enum(RETRY_STRATEGIES);
export type RetryStrategy = z.infer<typeof retryStrategySchema>;

const MAX_DELAY_MS = 604_800_000;
const delayMsSchema = z
  .number()
  .int()
  .min(50, 'must be at least 50 milliseconds')
  .max(MAX_DELAY_MS, 'must be at most 604800000 milliseconds (7 days)');

export const retryPresetNameSchema = z.enum(['quick', 'standard', 'patient']);

/** The fields that a preset sets; the others may be given with it. */
const DECIDED_BY_PRESET = [
  'strategy',
  'maxAttempts',
  'scheduleMs',
  'initialDelayMs',
  'maxDelayMs',
  'jitter',
] as const;

/** A retry policy as a client writes it: absent fields get the defaults of its preset or its strategy. */
export const retryPolicyInputSchema = z
  .strictObject({
    /** A policy by name instead of its numbers: 3 attempts in a minute, 9 in 21 hours, or 13 in 3 days. */
    preset: retryPresetNameSchema.optional(),
    /** Default: `schedule`. */
    strategy: retryStrategySchema.optional(),
    maxAttempts: z.number().int().min(1).max(MAX_ATTEMPTS_LIMIT).optional(),
    /** Strategy `schedule`: the delay before attempt 2, 3, …; the last one repeats. */
    scheduleMs: boundedList(delayMsSchema, MAX_ATTEMPTS_LIMIT - 1)
      .min(1)
      .optional(),
    /** Default: 5 s. */
    initialDelayMs: delayMsSchema.optional(),
    /** Caps every delay. Default: 12 h, or the longest delay of the schedule when that is longer. */
    maxDelayMs: delayMsSchema.optional(),
    /** Varies every delay by up to 20 % in either direction. Default: on for schedule and exponential. */
    jitter: z.boolean().optional(),
    /** When present, of the answers only these statuses are retried. */
    retryOnStatus: boundedList(z.number().int().min(300).max(599), 100).optional(),
    /** Default: true. */
    retryOnTimeout: z.boolean().optional(),
  })
  .superRefine((policy, context) => {
    if (policy.preset !== undefined) {
      for (const field of DECIDED_BY_PRESET) {
        if (policy[field] === undefined) continue;
        const message = `is decided by the preset "${policy.preset}": leave one of them out`;
        context.addIssue({ code: 'custom', path: [field], message });
      }
      return;
    }
    if (policy.scheduleMs && (policy.strategy ?? 'schedule') !== 'schedule') {
      context.addIssue({
        code: 'custom',
        path: ['scheduleMs'],
        message: 'belongs to the strategy "schedule" only',
      });
    }
  });
export type { RetryPolicy } from './retry-presets.js';
export type RetryPolicyInput = z.input<typeof retryPolicyInputSchema>;

/** A retry policy in full, as stored and answered. */
export const retryPolicySchema = z
  .object({
    strategy: retryStrategySchema,
    maxAttempts: z.number().int(),
    scheduleMs: z.array(z.number().int()).optional(),
    initialDelayMs: z.number().int(),
    maxDelayMs: z.number().int(),
    jitter: z.boolean(),
    retryOnStatus: z.array(z.number().int()).optional(),
    retryOnTimeout: z.boolean(),
  })
  .meta({ id: 'RetryPolicy' }) satisfies z.ZodType<RetryPolicy>;

/**
 * Fills a policy's absent fields with the defaults of its strategy.
 *
 * @param input the policy as a client wrote it; delays in milliseconds
 * @throws ZodError when the input is no valid policy
 */
export function completeRetryPolicy(input: RetryPolicyInput): RetryPolicy {
  return fillRetryPolicy(retryPolicyInputSchema.parse(input));
}
