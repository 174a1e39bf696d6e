import type { AppChange, AppChanges } from '@im/contracts/api/changes';
import type { FailureCauses } from '@im/contracts/api/failure-causes';
import type { Source } from '@im/contracts/api/sources';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { QUIET_MS } from '../../../shared/live/use-live-refresh.js';
import { listSourceNames } from '../../../shared/sources/sources.api.js';
import { useSessionStore } from '../../../stores/session.js';
import { getAlertRules, getFailureCauses, listChanges, oldestWaiting, type Span } from '../overview.api.js';

/** What is read less often than the figures. */
const INTERVAL_MS = 10_000;

export interface OverviewDetails {
  /** Since when the oldest waiting delivery waits. */
  oldestAt: ComputedRef<string | null>;
  causes: AsyncState<FailureCauses>;
  sources: AsyncState<Source[]>;
  changes: AsyncState<AppChanges>;
  /** Oldest first; empty as long as they are not known. */
  knownChanges: ComputedRef<AppChange[]>;
  /** Below this success rate of attempts there is an alert; null: the rule is off, or not known. */
  thresholdPercent: ComputedRef<number | null>;
}

/**
 * What explains the figures of a span: causes of failure, sources, the oldest that waits.
 *
 * @param span of the figures that are shown; undefined: there are none yet
 * @param isSpanCurrent what happens now belongs to it
 */
export function useOverviewDetails(
  appKey: () => string,
  span: () => Span | undefined,
  isSpanCurrent: () => boolean,
): OverviewDetails {
  const session = useSessionStore();
  const oldest = useAsyncState((signal) => oldestWaiting(appKey(), signal));
  const causes = useAsyncState((signal) => getFailureCauses(appKey(), spanOf(span), signal));
  const sources = useAsyncState(async (signal) =>
    session.can('manageSources') ? (await listSourceNames(appKey(), signal)).data : [],
  );
  const changes = useAsyncState((signal) => listChanges(appKey(), spanOf(span), signal));
  const rules = useAsyncState((signal) => getAlertRules(appKey(), signal));

  async function reloadPresent(): Promise<void> {
    await Promise.all([oldest.reload(), sources.reload()]);
  }

  async function reloadSpan(): Promise<void> {
    if (span()) await Promise.all([causes.reload(), changes.reload()]);
  }

  watch(appKey, () => {
    for (const state of [oldest, causes, sources, changes, rules]) state.reset();
  });
  watch(
    appKey,
    () => {
      void rules.reload();
      void reloadPresent();
    },
    { immediate: true },
  );
  watch([appKey, () => JSON.stringify(span())], () => void reloadSpan(), { immediate: true });
  useRefreshWhile(reloadPresent, () => true, INTERVAL_MS);
  useRefreshWhile(reloadSpan, isSpanCurrent, INTERVAL_MS);
  useRefreshWhile(reloadSpan, () => !isSpanCurrent(), QUIET_MS);

  return {
    oldestAt: computed(() => oldest.data.value?.data[0]?.createdAt ?? null),
    causes,
    sources,
    changes,
    knownChanges: computed(() => changes.data.value?.changes ?? []),
    thresholdPercent: computed(() => {
      const rule = rules.data.value?.rules.success_rate;
      return rule?.enabled ? rule.warningPercent : null;
    }),
  };
}

function spanOf(span: () => Span | undefined): Span {
  const known = span();
  if (!known) throw new Error('the span is not known yet');
  return known;
}
