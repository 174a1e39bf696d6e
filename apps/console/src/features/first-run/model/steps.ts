/** Decides where a person is in the first run. */

/** In their order. */
export const FIRST_RUN_STEPS = ['app', 'webhook', 'event', 'delivered'] as const;

export interface FirstRunFacts {
  hasApp: boolean;
  webhookCount: number;
  /** There is a delivery of a real event, with any status. */
  hasDelivery: boolean;
  isDelivered: boolean;
}

/** @returns how many steps are done, from 0 to 4 */
export function stepsDone({ hasApp, webhookCount, hasDelivery, isDelivered }: FirstRunFacts): number {
  if (!hasApp) return 0;
  if (isDelivered) return FIRST_RUN_STEPS.length;
  if (webhookCount === 0) return 1;
  return hasDelivery ? 3 : 2;
}
