import type { Alert } from '@im/contracts/api/alerts';
import type { Page } from '@im/contracts/api/common';
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters, type QueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listAlerts } from '../alerts.api.js';
import {
  ALERT_FILTER_NAMES,
  readAlertFilters,
  toAlertsQuery,
  type AlertFilterName,
  type AlertFilters,
} from '../model/alert-filters.js';

const PAGE_SIZE = 50;
const REFRESH_INTERVAL_MS = 15_000;

export interface AlertList {
  state: AsyncState<Page<Alert>>;
  query: QueryFilters<AlertFilterName>;
  filters: ComputedRef<AlertFilters>;
}

/** The page of alerts that the URL describes, refreshed while it is visible. */
export function useAlertList(appKey: () => string): AlertList {
  const query = useQueryFilters(ALERT_FILTER_NAMES);
  const filters = computed(() => readAlertFilters(query.filters.value));
  const visibility = useDocumentVisibility();
  const request = computed(() => JSON.stringify([appKey(), filters.value, query.cursor.value ?? '']));

  const state = useAsyncState((signal) =>
    listAlerts(
      appKey(),
      { ...toAlertsQuery(filters.value), limit: PAGE_SIZE, cursor: query.cursor.value },
      signal,
    ),
  );

  watch(
    request,
    () => {
      // Open and resolved alerts look alike, so those of another tab are removed while the new ones load.
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  useIntervalFn(() => {
    if (visibility.value === 'visible' && !state.isLoading.value) void state.reload();
  }, REFRESH_INTERVAL_MS);
  watch(visibility, (now) => {
    if (now === 'visible') void state.reload();
  });

  return { state, query, filters };
}
