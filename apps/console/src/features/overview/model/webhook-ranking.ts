/** Orders webhooks by how badly they do, and finds those that need attention. */
import type { AppStatistics } from '@im/contracts/api/statistics';
import type { Webhook } from '@im/contracts/api/webhooks';
import { stopReasonOf, type StopReason } from '../../../shared/webhooks/stop-reason.js';

export interface RankedWebhook {
  webhook: Webhook;
  stopReason: StopReason | null;
  /** Something is wrong that a person did not choose. */
  isProblem: boolean;
  /** In the span that is shown; null: they are not known yet. */
  counts: AppStatistics['byWebhook'][number] | null;
}

/** The worst has the lowest number. What a person stopped on purpose is no problem, and comes after what works. */
const RANKS: Readonly<Record<StopReason | Webhook['health'], number>> = {
  gone: 0,
  failing: 3,
  paused: 1,
  unhealthy: 2,
  healthy: 4,
  paused_by_person: 5,
  by_person: 6,
  disabled: 6,
};
const LAST_PROBLEM = 3;

/** @param ofSpan absent: not known yet */
export function rankWebhooks(
  webhooks: readonly Webhook[],
  ofSpan: AppStatistics['byWebhook'] | undefined,
): RankedWebhook[] {
  const counts = new Map(ofSpan?.map((each) => [each.webhookId, each]));
  return webhooks
    .map((webhook) => {
      const stopReason = stopReasonOf(webhook);
      return {
        webhook,
        stopReason,
        rank: rankOf(webhook, stopReason),
        counts: counts.get(webhook.webhookId) ?? null,
      };
    })
    .sort(
      (one, other) =>
        one.rank - other.rank || rateOf(one) - rateOf(other) || waitingOf(other) - waitingOf(one),
    )
    .map(({ rank, ...ranked }) => ({ ...ranked, isProblem: rank <= LAST_PROBLEM }));
}

function rankOf({ health }: Webhook, stopReason: StopReason | null): number {
  // Disabled because of its failures: it gets nothing, unlike an enabled one with occasional failures.
  if (stopReason === 'failing') return RANKS.gone;
  return RANKS[stopReason ?? health];
}

/** Without attempts nothing failed. */
function rateOf({ counts }: Pick<RankedWebhook, 'counts'>): number {
  return counts?.attemptSuccessRate ?? 1;
}

function waitingOf({ webhook }: Pick<RankedWebhook, 'webhook'>): number {
  return webhook.stats.pending;
}
