/** Finds the delivery that decides what became of an event at a webhook, and what may be done about it. */
import type { TracedDelivery, TracedEvent, TracedWebhook } from '@im/contracts/api/trace';

export type TracedAttempt = TracedDelivery['attemptLog'][number];

/** One that arrived, else one that may still arrive, else the last. */
export function decisiveDelivery({
  deliveries,
}: Pick<TracedWebhook, 'deliveries'>): TracedDelivery | undefined {
  return (
    deliveries.find(({ status }) => status === 'success') ??
    deliveries.findLast(({ status }) => status === 'pending') ??
    deliveries.at(-1)
  );
}

export function lastFailure(delivery: TracedDelivery | undefined): TracedAttempt | undefined {
  return delivery?.attemptLog.findLast(({ errorClass }) => errorClass !== null);
}

export interface TraceActions {
  canRedeliver: boolean;
  canSendNow: boolean;
  /** The webhook is stopped; resuming or enabling it sends what waits. */
  canResume: boolean;
}

export function actionsOn(webhook: TracedWebhook): TraceActions {
  const delivery = decisiveDelivery(webhook);
  const isEvent = delivery !== undefined && delivery.kind !== 'before';
  const isPending = isEvent && delivery.status === 'pending';
  return {
    canRedeliver: isEvent && !isPending,
    canSendNow: isPending,
    canResume: isPending && delivery.heldBy !== null,
  };
}

/** Whether something is under way, so that the answer changes by itself soon. */
export function isMoving({ webhooks }: Pick<TracedEvent, 'webhooks'>): boolean {
  return webhooks.some(({ deliveries }) =>
    deliveries.some(({ status, heldBy }) => status === 'pending' && heldBy === null),
  );
}
