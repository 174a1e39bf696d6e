/** Sums up the outcomes of an event at all webhooks. */
import type { TracedEvent, TracedWebhook, TraceOutcome } from '@im/contracts/api/trace';

export type Verdict = 'delivered' | 'pending' | 'failed' | 'unmatched';

type Weight = Exclude<Verdict, 'unmatched'> | 'notSent';

/** `notSent`: the webhook was not subscribed, or not there. */
const WEIGHTS: Readonly<Record<TraceOutcome, Weight>> = {
  delivered: 'delivered',
  waiting: 'pending',
  paused: 'pending',
  failed: 'failed',
  canceled: 'failed',
  skipped: 'failed',
  disabled: 'failed',
  missing: 'failed',
  filtered: 'notSent',
  not_yet_created: 'notSent',
  deleted: 'notSent',
};

export interface EventSummary {
  verdict: Verdict;
  /** Webhooks that were subscribed to it, turned on or not. */
  matched: TracedWebhook[];
  /** The others: by their subscription, or since they did not exist at that time. */
  notMatched: TracedWebhook[];
  /** Of the matched ones. */
  counts: Record<Exclude<Verdict, 'unmatched'>, number>;
}

export function summarize({ webhooks }: Pick<TracedEvent, 'webhooks'>): EventSummary {
  const counts = { delivered: 0, pending: 0, failed: 0 };
  const matched: TracedWebhook[] = [];
  const notMatched: TracedWebhook[] = [];
  for (const webhook of webhooks) {
    const weight = WEIGHTS[webhook.outcome];
    if (weight === 'notSent') {
      notMatched.push(webhook);
    } else {
      counts[weight] += 1;
      matched.push(webhook);
    }
  }
  return { verdict: verdictOf(counts), matched, notMatched, counts };
}

/** @returns the worst of the outcomes */
function verdictOf({ delivered, pending, failed }: EventSummary['counts']): Verdict {
  if (failed > 0) return 'failed';
  if (pending > 0) return 'pending';
  return delivered > 0 ? 'delivered' : 'unmatched';
}
