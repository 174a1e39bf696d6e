/** Keeps the apps that the frame shows: names and badges, and the app that a person comes back to. */
import type { AppSummary } from '@im/contracts/api/apps';
import { useSessionStorage } from '@vueuse/core';
import { computed, watch, type ComputedRef } from 'vue';
import { listApps } from '../features/apps/apps.api.js';
import { useAsyncState } from '../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../shared/composables/use-refresh-while.js';

/** Alerts open and close without the reader; the list of apps is dear to answer. */
const REFRESH_MS = 60_000;

export interface FrameApps {
  apps: ComputedRef<readonly AppSummary[]>;
  /** The app of the page. */
  current: ComputedRef<AppSummary | undefined>;
  /** The app of the page, or the one seen last. */
  recent: ComputedRef<AppSummary | undefined>;
  reload: () => Promise<void>;
}

/**
 * @param appKey of the page's app; empty: the page is of none
 * @param isWanted whether the frame shows anything of apps on this page
 */
export function useFrameApps(appKey: () => string, isWanted: () => boolean): FrameApps {
  // If this fails, the page itself says why.
  const { data, reload } = useAsyncState((signal) => listApps(signal));
  const lastKey = useSessionStorage('im-console.last-app', '');
  const apps = computed(() => data.value?.data ?? []);
  const find = (key: string) => apps.value.find((app) => app.appKey === key);

  watch(
    [appKey, isWanted],
    ([key, wanted]) => {
      if (key !== '') lastKey.value = key;
      if (wanted) void reload();
    },
    { immediate: true },
  );
  useRefreshWhile(reload, isWanted, REFRESH_MS);

  return {
    apps,
    current: computed(() => find(appKey())),
    recent: computed(() => find(appKey() === '' ? lastKey.value : appKey())),
    reload,
  };
}
