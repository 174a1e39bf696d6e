/** Keeps how far the first run is, looking again while there is something to do. */
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { setupChanges } from '../../../shared/test-receiver/setup-changes.js';
import { listFirstApps, newestDelivery } from '../first-run.api.js';
import { FIRST_RUN_STEPS, stepsDone } from '../model/steps.js';

const INTERVAL_MS = 3_000;

export interface FirstRun {
  /** Undefined until it is known. */
  done: ComputedRef<number | undefined>;
  /** The app that it is about; '' before there is one. */
  appKey: ComputedRef<string>;
}

/** @param pageAppKey the app of the page, or '' */
export function useFirstRun(pageAppKey: () => string): FirstRun {
  const { data, reload } = useAsyncState(async (signal) => {
    const { data: apps } = await listFirstApps(signal);
    const app = apps.find(({ appKey }) => appKey === pageAppKey()) ?? apps[0];
    if (!app) return { appKey: '', done: 0 };
    const { appKey, webhookCount } = app;
    const [newest] = (await newestDelivery(appKey, '', signal)).data;
    const isDelivered =
      newest?.status === 'success' ||
      (newest !== undefined && (await newestDelivery(appKey, 'success', signal)).data.length > 0);
    return {
      appKey,
      done: stepsDone({ hasApp: true, webhookCount, hasDelivery: newest !== undefined, isDelivered }),
    };
  });
  watch([pageAppKey, setupChanges], () => void reload(), { immediate: true });
  useRefreshWhile(reload, () => data.value?.done !== FIRST_RUN_STEPS.length, INTERVAL_MS);
  return {
    done: computed(() => data.value?.done),
    appKey: computed(() => data.value?.appKey ?? ''),
  };
}
