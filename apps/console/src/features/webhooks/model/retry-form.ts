/** Converts the retry policy to its form, and back. */
import type { RetryPolicy, RetryStrategy } from '@im/contracts/api/retry-policy';
import {
  DEFAULT_RETRY_POLICY,
  MAX_ATTEMPTS_LIMIT,
  RETRY_PRESETS,
  type RetryPresetName,
} from '@im/contracts/api/retry-presets';
import { parseDuration, parseDurations, writeDuration, writeDurations } from './duration-text.js';

export type RetryChoice = RetryPresetName | 'custom';

export interface RetryForm {
  choice: RetryChoice;
  strategy: RetryStrategy;
  maxAttempts: number;
  /** Durations as text, such as `5s, 30s, 2m`. */
  schedule: string;
  initialDelay: string;
  maxDelay: string;
  jitter: boolean;
  retryOnTimeout: boolean;
  /** Statuses as text, such as `429, 500, 503`; empty = every failure. */
  retryOnStatus: string;
}

/** Fields of the form that cannot be read; the value says how they should look. */
export type RetryFaults = Partial<Record<'schedule' | 'initialDelay' | 'maxDelay' | 'retryOnStatus', true>>;

const PRESET_NAMES = Object.keys(RETRY_PRESETS) as RetryPresetName[];

export function toRetryForm(policy: RetryPolicy): RetryForm {
  const preset = PRESET_NAMES.find((name) => isSamePolicy(RETRY_PRESETS[name], policy));
  return {
    choice: preset ?? 'custom',
    strategy: policy.strategy,
    maxAttempts: policy.maxAttempts,
    schedule: writeDurations(policy.scheduleMs ?? DEFAULT_RETRY_POLICY.scheduleMs ?? []),
    initialDelay: writeDuration(policy.initialDelayMs),
    maxDelay: writeDuration(policy.maxDelayMs),
    jitter: policy.jitter,
    retryOnTimeout: policy.retryOnTimeout,
    retryOnStatus: (policy.retryOnStatus ?? []).join(', '),
  };
}

export function faultsOfRetryForm(form: RetryForm): RetryFaults {
  if (form.choice !== 'custom') return {};
  const isScheduled = form.strategy === 'schedule';
  return {
    ...(isScheduled && parseDurations(form.schedule) === null && { schedule: true }),
    ...(!isScheduled && parseDuration(form.initialDelay) === null && { initialDelay: true }),
    ...(parseDuration(form.maxDelay) === null && { maxDelay: true }),
    ...(parseStatuses(form.retryOnStatus) === null && { retryOnStatus: true }),
  };
}

/** The policy that the form describes; null while a field of it cannot be read. */
export function toRetryPolicy(form: RetryForm): RetryPolicy | null {
  if (form.choice !== 'custom') return RETRY_PRESETS[form.choice];
  if (Object.keys(faultsOfRetryForm(form)).length > 0) return null;
  const statuses = parseStatuses(form.retryOnStatus) ?? [];
  const scheduleMs = form.strategy === 'schedule' ? parseDurations(form.schedule) : null;
  return {
    strategy: form.strategy,
    maxAttempts: Math.min(form.maxAttempts, MAX_ATTEMPTS_LIMIT),
    ...(scheduleMs && { scheduleMs }),
    initialDelayMs: parseDuration(form.initialDelay) ?? DEFAULT_RETRY_POLICY.initialDelayMs,
    maxDelayMs: parseDuration(form.maxDelay) ?? DEFAULT_RETRY_POLICY.maxDelayMs,
    jitter: form.jitter,
    ...(statuses.length > 0 && { retryOnStatus: statuses }),
    retryOnTimeout: form.retryOnTimeout,
  };
}

/** Whether two policies are equal, regardless of the order of their keys. */
export function isSamePolicy(one: RetryPolicy, other: RetryPolicy): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof RetryPolicy>;
  return [...keys].every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]));
}

function parseStatuses(text: string): number[] | null {
  const parts = text.split(/[\s,，、]+/).filter((part) => part !== '');
  const statuses = parts.map(Number);
  return statuses.every((status) => Number.isInteger(status) && status >= 300 && status <= 599)
    ? statuses
    : null;
}
