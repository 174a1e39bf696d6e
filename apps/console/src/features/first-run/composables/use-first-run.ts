/** Keeps how far the first run is, looking again while there is something to do. */
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { setupChanges } from '../../../shared/test-receiver/setup-changes.js';
import { listFirstApps } from '../first-run.api.js';
import { FIRST_RUN_STEPS } from '../model/steps.js';
import { findProgress, type FirstRunProgress } from './find-progress.js';

const INTERVAL_MS = 3_000;

/**
 * @param start how far it was when this began
 * @param pageAppKey the app of the page, or ''
 */
export function useFirstRun(
  start: FirstRunProgress,
  pageAppKey: () => string,
): ComputedRef<FirstRunProgress> {
  const { data, reload } = useAsyncState(async (signal) => {
    const { data: apps } = await listFirstApps(signal);
    return findProgress(apps.find(({ appKey }) => appKey === pageAppKey()) ?? apps[0], signal);
  });
  const progress = computed(() => data.value ?? start);
  watch([pageAppKey, setupChanges], () => void reload(), { immediate: true });
  useRefreshWhile(reload, () => progress.value.done !== FIRST_RUN_STEPS.length, INTERVAL_MS);
  return progress;
}
