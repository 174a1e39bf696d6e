/** Explains the outcome of an event for one webhook, and which setting or state decided it. */
import type { TracedWebhook, TraceOutcome } from '@im/contracts/api/trace';
import { wantsEvent } from '@im/contracts/events/names';
import { answerOf } from './trace-answers.js';
import type { DeliveryFacts, SettingsThen, WebhookFacts } from './trace-facts.js';
import { whatIsNext } from './trace-next.js';

export type Explanation = Pick<TracedWebhook, 'outcome' | 'answer' | 'decidedBy' | 'next'>;

export function explainWebhook(facts: WebhookFacts): Explanation {
  const decisive = decisiveDelivery(facts.deliveries);
  const outcome = decisive ? outcomeOf(decisive, facts) : outcomeWithout(facts);
  return {
    outcome,
    answer: answerOf(outcome, facts, decisive),
    decidedBy: decidedBy(outcome, facts.then),
    next: decisive?.status === 'pending' ? whatIsNext(decisive, facts) : null,
  };
}

/** The delivery that decides the outcome: one that arrived, else one that may still arrive, else the last. */
function decisiveDelivery(deliveries: readonly DeliveryFacts[]): DeliveryFacts | undefined {
  return (
    deliveries.find(({ status }) => status === 'success') ??
    deliveries.findLast(({ status }) => status === 'pending') ??
    deliveries.at(-1)
  );
}

function outcomeOf(delivery: DeliveryFacts, { then }: WebhookFacts): TraceOutcome {
  switch (delivery.status) {
    case 'success':
      return 'delivered';
    case 'pending':
      return delivery.heldBy === null ? 'waiting' : 'paused';
    case 'failed':
      return 'failed';
    case 'canceled':
      return 'canceled';
    case 'skipped':
      return then.state === 'there' && !then.enabled ? 'disabled' : 'skipped';
  }
}

/** Why there is no delivery at all. */
function outcomeWithout({ event, then }: WebhookFacts): TraceOutcome {
  if (then.state !== 'there') return then.state;
  if (!wantsEvent(then.events, event)) return 'filtered';
  return then.enabled ? 'missing' : 'disabled';
}

function decidedBy(outcome: TraceOutcome, then: SettingsThen): Explanation['decidedBy'] {
  if (then.state === 'not_yet_created') return null;
  const { revision, by, enabled, events } = then;
  const since = then.since.toISOString();
  if (outcome === 'filtered') return { field: 'events', value: events, revision, since, by };
  if (outcome === 'disabled') return { field: 'enabled', value: enabled, revision, since, by };
  return null;
}
