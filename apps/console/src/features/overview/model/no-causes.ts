/** Says what it means that no cause of failure was found. */
import type { FailureCauses } from '@im/contracts/api/failure-causes';

/**
 * `partial`: there may be some among what was not counted; `recovered`: attempts failed, but no delivery failed or is
 * retried now; `none`: nothing failed.
 */
export type NoCauses = 'partial' | 'recovered' | 'none';

/** @param attemptSuccessRate of the same span; null: nothing was attempted */
export function noCauses(
  { isPartial }: Pick<FailureCauses, 'isPartial'>,
  attemptSuccessRate: number | null,
): NoCauses {
  if (isPartial) return 'partial';
  return attemptSuccessRate !== null && attemptSuccessRate < 1 ? 'recovered' : 'none';
}
