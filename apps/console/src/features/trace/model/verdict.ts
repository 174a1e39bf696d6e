/** Sums up what became of an event at all webhooks. */
import type { TracedEvent, TracedWebhook, TraceOutcome } from '@im/contracts/api/trace';

export type Verdict = 'delivered' | 'pending' | 'failed' | 'nobody';

type Weight = Exclude<Verdict, 'nobody'> | 'notSent';

/** `notSent`: as the settings of that time wanted it. */
const WEIGHTS: Readonly<Record<TraceOutcome, Weight>> = {
  delivered: 'delivered',
  waiting: 'pending',
  paused: 'pending',
  failed: 'failed',
  canceled: 'failed',
  skipped: 'failed',
  missing: 'failed',
  disabled: 'notSent',
  filtered: 'notSent',
  not_yet_created: 'notSent',
  deleted: 'notSent',
};

export interface EventSummary {
  verdict: Verdict;
  /** Webhooks that were to get it. */
  matched: TracedWebhook[];
  /** Webhooks that were not, by their settings of that time. */
  notMatched: TracedWebhook[];
  /** Of the matched ones. */
  counts: Record<Exclude<Verdict, 'nobody'>, number>;
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

/** The worst decides. */
function verdictOf({ delivered, pending, failed }: EventSummary['counts']): Verdict {
  if (failed > 0) return 'failed';
  if (pending > 0) return 'pending';
  return delivered > 0 ? 'delivered' : 'nobody';
}
