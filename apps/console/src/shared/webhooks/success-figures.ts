/** Computes the two success rates, each with a remark if it could mislead. */
import type { WebhookStats } from '@im/contracts/api/webhooks';

export type RatedCounts = Pick<
  WebhookStats,
  'total' | 'succeeded' | 'failed' | 'pending' | 'attemptSuccessRate' | 'deliveredRate'
>;

/** `nothing` was delivered at all, `untried`: everything waits, `recent`: nothing is a minute old yet. */
export type RateRemark = 'nothing' | 'untried' | 'canceled' | 'recent' | 'waiting';

export interface SuccessFigure {
  name: 'attemptSuccessRate' | 'deliveredRate';
  /** 0..1; null: there is none, for the reason in the remark. */
  rate: number | null;
  remark: RateRemark | null;
}

/** A share below it is bad news; the alert rule begins there as well. */
const BAD_BELOW = 0.95;

export function successFiguresOf(counts: RatedCounts): SuccessFigure[] {
  const { attemptSuccessRate, deliveredRate } = counts;
  return [
    { name: 'attemptSuccessRate', rate: attemptSuccessRate, remark: remarkOn(attemptSuccessRate, counts) },
    { name: 'deliveredRate', rate: deliveredRate, remark: remarkOn(deliveredRate, counts, 'recent') },
  ];
}

export function isBadRate(rate: number | null): boolean {
  return rate !== null && rate < BAD_BELOW;
}

/** @param otherwise why there is no rate although deliveries are under way */
function remarkOn(
  rate: number | null,
  { total, succeeded, failed, pending }: RatedCounts,
  otherwise: RateRemark = 'untried',
): RateRemark | null {
  // Not everything was tried yet.
  if (rate === 1 && pending > 0) return 'waiting';
  if (rate !== null) return null;
  if (total === 0) return 'nothing';
  return succeeded + failed + pending === 0 ? 'canceled' : otherwise;
}
