import type { Alert } from '@im/contracts/api/alerts';
import type { Page } from '@im/contracts/api/common';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters, type QueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listAlerts } from '../alerts.api.js';
import {
  ALERT_FILTER_NAMES,
  readAlertFilters,
  type AlertFilterName,
  type AlertFilters,
} from '../model/alert-filters.js';

const PAGE_SIZE = 50;

export interface AlertHistoryList {
  state: AsyncState<Page<Alert>>;
  query: QueryFilters<AlertFilterName>;
  filters: ComputedRef<AlertFilters>;
}

/** The page of resolved alerts that the URL describes. */
export function useAlertHistory(appKey: () => string): AlertHistoryList {
  const query = useQueryFilters(ALERT_FILTER_NAMES);
  const filters = computed(() => readAlertFilters(query.filters.value));
  const request = computed(() => JSON.stringify([appKey(), filters.value, query.cursor.value ?? '']));
  const state = useAsyncState((signal) => {
    const page = { limit: PAGE_SIZE, cursor: query.cursor.value };
    return listAlerts(appKey(), { status: 'resolved', ...filters.value, ...page }, signal);
  });
  watch(
    request,
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  return { state, query, filters };
}
