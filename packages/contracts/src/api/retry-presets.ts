/** Fills retry policies, and has the ready-made ones; without zod, since the console's forms and previews use them. */

const DAY_MS = 86_400_000;

export const MAX_ATTEMPTS_LIMIT = 50;

export const RETRY_STRATEGIES = ['schedule', 'exponential', 'linear', 'fixed'] as const;

/** A retry policy in full, as stored and answered; delays in milliseconds. */
export interface RetryPolicy {
  strategy: (typeof RETRY_STRATEGIES)[number];
  maxAttempts: number;
  /** Strategy `schedule`: the delay before attempt 2, 3, …; the last one repeats. */
  scheduleMs?: number[] | undefined;
  initialDelayMs: number;
  maxDelayMs: number;
  jitter: boolean;
  /** When present, of the answers only these statuses are retried. */
  retryOnStatus?: number[] | undefined;
  retryOnTimeout: boolean;
}

export type RetryPresetName = 'quick' | 'standard' | 'patient';

type GivenRetryPolicy = { preset?: RetryPresetName | undefined } & {
  [Field in keyof RetryPolicy]?: RetryPolicy[Field] | undefined;
};

/** Delays between attempts of the default policy: 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 6 h, 12 h. */
export const DEFAULT_SCHEDULE_MS = [
  5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000,
] as const;

/** Fills a policy's absent fields with the defaults of its preset or its strategy. */
export function fillRetryPolicy(policy: GivenRetryPolicy): RetryPolicy {
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
export const DEFAULT_RETRY_POLICY: RetryPolicy = fillRetryPolicy({});

/**
 * Ready-made policies by name: quick is 3 attempts within a minute (jitter included), standard
 * 9 in about 21 hours, patient 13 in about 3 days.
 */
export const RETRY_PRESETS = {
  quick: fillRetryPolicy({ strategy: 'schedule', scheduleMs: [10_000, 40_000] }),
  standard: DEFAULT_RETRY_POLICY,
  patient: fillRetryPolicy({
    strategy: 'schedule',
    scheduleMs: [...DEFAULT_SCHEDULE_MS, DAY_MS / 2, DAY_MS / 2, DAY_MS, DAY_MS / 8],
  }),
} as const satisfies Record<RetryPresetName, RetryPolicy>;
