/** Which deliveries the breaker of their webhook holds back. */
import type { Delivery } from '@im/contracts/api/deliveries';

/** While the webhook is paused all that is pending waits, but for what a person has just asked for. */
export function isHeldBack(
  { status, kind, attempts }: Pick<Delivery, 'status' | 'kind' | 'attempts'>,
  isWebhookPaused: boolean,
): boolean {
  const isAskedFor = kind !== 'event' && attempts === 0;
  return isWebhookPaused && status === 'pending' && !isAskedFor;
}
