/** Defines the webhooks of a round. Each is one channel: a path of a receiver, with its promises. */
import type { CreateWebhookRequest } from '@im/contracts/api/webhooks';
import type { StreamName } from '../load/event-stream.js';

export const RECEIVERS = 2;

export interface Channel {
  name: string;
  receiver: number;
  /** What it gets: all events of this stream, and of no other. */
  stream: StreamName;
  isOrdered: boolean;
  /** Whether a delivery may be exhausted: the policy is shorter than an outage. */
  mayGiveUp: boolean;
  settings: Omit<CreateWebhookRequest, 'url'>;
}

const TIMEOUT_MS = 2_000;
const RATE_PER_SECOND = 60;

/** Outlasts every outage of a round. */
const PATIENT = {
  strategy: 'exponential',
  initialDelayMs: 300,
  maxDelayMs: 4_000,
  maxAttempts: 50,
} as const;
const IMPATIENT = { strategy: 'fixed', initialDelayMs: 400, maxAttempts: 3 } as const;

export const CHANNELS: readonly Channel[] = [
  {
    ...{ name: 'plain', receiver: 0, stream: 'chat', isOrdered: false, mayGiveUp: false },
    settings: { retryPolicy: PATIENT, timeoutMs: TIMEOUT_MS },
  },
  {
    ...{ name: 'ordered', receiver: 1, stream: 'chat', isOrdered: true, mayGiveUp: false },
    settings: { retryPolicy: PATIENT, timeoutMs: TIMEOUT_MS, ordering: 'conversation' },
  },
  {
    ...{ name: 'ordered, gives up', receiver: 0, stream: 'edits', isOrdered: true, mayGiveUp: true },
    settings: { retryPolicy: IMPATIENT, timeoutMs: TIMEOUT_MS, ordering: 'conversation' },
  },
  {
    ...{ name: 'batches', receiver: 1, stream: 'edits', isOrdered: false, mayGiveUp: false },
    settings: { retryPolicy: PATIENT, timeoutMs: TIMEOUT_MS, batch: { maxEvents: 10, maxWaitMs: 200 } },
  },
  {
    ...{ name: 'rate-limited', receiver: 0, stream: 'presence', isOrdered: false, mayGiveUp: false },
    settings: { retryPolicy: PATIENT, timeoutMs: TIMEOUT_MS, rateLimitPerSecond: RATE_PER_SECOND },
  },
];
