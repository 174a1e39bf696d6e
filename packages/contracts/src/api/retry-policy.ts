import { z } from 'zod';
import { boundedList } from './bounded.js';

const DAY_MS = 86_400_000;

export const retryStrategySchema = z.enum(['schedule', 'exponential', 'linear', 'fixed']);
export type RetryStrategy = z.infer<typeof retryStrategySchema>;

/** Delays between attempts of the default policy: 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 6 h, 12 h. */
export const DEFAULT_SCHEDULE_MS = [
  5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000,
] as const;

export const MAX_ATTEMPTS_LIMIT = 50;
const delayMsSchema = z
  .number()
  .int()
  .min(50, 'must be at least 50 milliseconds')
  .max(7 * DAY_MS, 'must be at most 604800000 milliseconds (7 days)');

export const retryPresetNameSchema = z.enum(['quick', 'standard', 'patient']);
export type RetryPresetName = z.infer<typeof retryPresetNameSchema>;

/** What a preset decides; the rest may be chosen beside it. */
const DECIDED_BY_PRESET = [
  'strategy',
  'maxAttempts',
  'scheduleMs',
  'initialDelayMs',
  'maxDelayMs',
  'jitter',
] as const;

/** A retry policy as a client writes it: whatever is absent takes the default of its preset or its strategy. */
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
    /** Spreads every delay by up to 20 % either way. Default: on for schedule and exponential. */
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
  .meta({ id: 'RetryPolicy' });
export type RetryPolicy = z.infer<typeof retryPolicySchema>;

/**
 * Fills a policy's absent fields with the defaults of its strategy.
 *
 * @param input the policy as a client wrote it; delays in milliseconds
 * @throws ZodError when the input is no valid policy
 */
export function completeRetryPolicy(input: RetryPolicyInput): RetryPolicy {
  const policy = retryPolicyInputSchema.parse(input);
  const { strategy = 'schedule', retryOnStatus, retryOnTimeout = true } = policy;
  if (policy.preset !== undefined) {
    return { ...RETRY_PRESETS[policy.preset], ...(retryOnStatus && { retryOnStatus }), retryOnTimeout };
  }
  const isScheduled = strategy === 'schedule';
  const scheduleMs = isScheduled ? (policy.scheduleMs ?? [...DEFAULT_SCHEDULE_MS]) : undefined;
  return {
    strategy,
    maxAttempts: policy.maxAttempts ?? (scheduleMs ? scheduleMs.length + 1 : 9),
    ...(scheduleMs && { scheduleMs }),
    initialDelayMs: policy.initialDelayMs ?? 5_000,
    maxDelayMs: policy.maxDelayMs ?? Math.max(DAY_MS / 2, ...(scheduleMs ?? [])),
    jitter: policy.jitter ?? (isScheduled || strategy === 'exponential'),
    ...(retryOnStatus && { retryOnStatus }),
    retryOnTimeout,
  };
}

/** What a new webhook gets: 9 attempts in about 21 hours. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = completeRetryPolicy({});

/**
 * Ready-made policies by name: quick is 3 attempts within a minute (jitter included), standard
 * 9 in about 21 hours, patient 13 in about 3 days.
 */
export const RETRY_PRESETS = {
  quick: completeRetryPolicy({ strategy: 'schedule', scheduleMs: [10_000, 40_000] }),
  standard: DEFAULT_RETRY_POLICY,
  patient: completeRetryPolicy({
    strategy: 'schedule',
    scheduleMs: [...DEFAULT_SCHEDULE_MS, DAY_MS / 2, DAY_MS / 2, DAY_MS, DAY_MS / 8],
  }),
} as const satisfies Record<RetryPresetName, RetryPolicy>;
