import type { AppChange } from '@im/contracts/api/changes';
import type { Delivery } from '@im/contracts/api/deliveries';
import type { Source } from '@im/contracts/api/sources';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { listSourceNames } from '../../../shared/sources/sources.api.js';
import { toRangeQuery, type TimeRange } from '../../../shared/statistics/time-range.js';
import { useSessionStore } from '../../../stores/session.js';
import { failureCauses, type FailureCause } from '../model/failure-causes.js';
import { getAlertRules, listChanges, listUnwell, oldestWaiting } from '../overview.api.js';

/** What is read less often than the figures. */
const INTERVAL_MS = 10_000;

export interface Causes {
  causes: FailureCause[];
  /** There are more failures than were counted. */
  isPartial: boolean;
}

export interface OverviewDetails {
  /** Since when the oldest waiting delivery waits. */
  oldestAt: ComputedRef<string | null>;
  causes: AsyncState<Causes>;
  sources: AsyncState<Source[]>;
  /** Oldest first; empty as long as they are not known. */
  changes: ComputedRef<AppChange[]>;
  /** Below this success rate of attempts there is an alert; null: the rule is off, or not known. */
  thresholdPercent: ComputedRef<number | null>;
}

/** What explains the figures of a span: causes of failure, sources, the oldest that waits. */
export function useOverviewDetails(appKey: () => string, range: () => TimeRange): OverviewDetails {
  const session = useSessionStore();
  const oldest = useAsyncState((signal) => oldestWaiting(appKey(), signal));
  const causes = useAsyncState((signal) => readCauses(appKey(), range(), signal));
  const sources = useAsyncState(async (signal) =>
    session.can('manageSources') ? (await listSourceNames(appKey(), signal)).data : [],
  );
  const changes = useAsyncState((signal) => listChanges(appKey(), spanOf(range()), signal));
  const rules = useAsyncState((signal) => getAlertRules(appKey(), signal));

  async function reload(): Promise<void> {
    await Promise.all([oldest.reload(), causes.reload(), sources.reload(), changes.reload()]);
  }

  watch(appKey, () => {
    for (const state of [oldest, causes, sources, changes, rules]) state.reset();
  });
  watch(appKey, () => void rules.reload(), { immediate: true });
  watch([appKey, () => JSON.stringify(range())], () => void reload(), { immediate: true });
  useRefreshWhile(reload, () => true, INTERVAL_MS);

  return {
    oldestAt: computed(() => oldest.data.value?.data[0]?.createdAt ?? null),
    causes,
    sources,
    changes: computed(() => changes.data.value?.changes ?? []),
    thresholdPercent: computed(() => {
      const rule = rules.data.value?.rules.success_rate;
      return rule?.enabled ? rule.warningPercent : null;
    }),
  };
}

/** Of deliveries that failed, and of those that are retried. */
async function readCauses(appKey: string, range: TimeRange, signal: AbortSignal): Promise<Causes> {
  const span = spanOf(range);
  const pages = await Promise.all(
    (['failed', 'pending'] as const).map((status) => listUnwell(appKey, { ...span, status }, signal)),
  );
  const deliveries: Delivery[] = pages.flatMap(({ data }) => data);
  return {
    causes: failureCauses(deliveries),
    isPartial: pages.some(({ page }) => page.nextCursor !== null),
  };
}

function spanOf(range: TimeRange): { from: string; to?: string } {
  const { from, to } = toRangeQuery(range, Date.now());
  return { from, ...(to !== undefined && { to }) };
}
