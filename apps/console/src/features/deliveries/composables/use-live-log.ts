/** Follows a log: by the stream of the app, or by refreshing where the stream does not carry enough. */
import { computed, type ComputedRef, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { canFollow } from '../model/live-filter.js';
import { useLiveRows, type LiveRowsOptions, type RowsOfLog } from './use-live-rows.js';

/** Figures above the rows. */
const FIGURES_MS = 4_000;

export interface LiveLogOptions extends Omit<LiveRowsOptions, 'isWanted'> {
  isFirstPage: () => boolean;
  refreshFigures: () => void;
}

export interface LiveLog extends RowsOfLog {
  /** The switch, which is in the URL. */
  isOn: WritableComputedRef<boolean>;
  isRunning: ComputedRef<boolean>;
}

export function useLiveLog(options: LiveLogOptions): LiveLog {
  const { filters, isFirstPage, reload, refreshFigures } = options;
  const route = useRoute();
  const router = useRouter();
  const isOn = computed({
    get: () => route.query.live === '1',
    set: (on) => {
      const { live: _, ...query } = route.query;
      void router.replace({ query: on ? { ...query, live: '1' } : query, hash: route.hash });
    },
  });
  const isRunning = computed(() => isOn.value && isFirstPage());
  const rows = useLiveRows({ ...options, isWanted: () => isRunning.value && canFollow(filters()) });

  useRefreshWhile(reload, () => isRunning.value && !rows.isOpen.value);
  useRefreshWhile(
    () => {
      refreshFigures();
      return Promise.resolve();
    },
    () => rows.isOpen.value,
    FIGURES_MS,
  );

  return { ...rows, isOn, isRunning };
}
