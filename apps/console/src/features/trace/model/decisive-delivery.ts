/** Finds the delivery that decides an event's outcome at a webhook, and the actions that fit it. */
import type { TracedDelivery, TracedEvent, TracedWebhook } from '@im/contracts/api/trace';

export type TracedAttempt = TracedDelivery['attemptLog'][number];

/** @returns a delivered one, else one that waits, else the last */
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

/** More than the step of the clock that this is checked by. */
const SOON_MS = 15_000;

/** Whether an attempt is under way or due soon, so that the outcome may change within moments. */
export function isDueSoon({ webhooks }: Pick<TracedEvent, 'webhooks'>, nowMs: number): boolean {
  return webhooks.some(
    ({ deliveries, next }) =>
      // One that waits for an earlier delivery of its conversation may wait for long.
      !next?.behindDeliveryId &&
      deliveries.some(
        ({ status, heldBy, nextAttemptAt }) =>
          status === 'pending' &&
          heldBy === null &&
          (nextAttemptAt === null || Date.parse(nextAttemptAt) <= nowMs + SOON_MS),
      ),
  );
}
