import type { Page } from '@im/contracts/api/common';
import type { Delivery } from '@im/contracts/api/deliveries';
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters, type QueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listDeliveries } from '../deliveries.api.js';
import {
  FILTER_NAMES,
  readFilters,
  toDeliveriesQuery,
  type DeliveryFilters,
  type FilterName,
} from '../model/delivery-filters.js';
import { ATTEMPT } from '../model/detail-place.js';

export interface DeliveryList {
  state: AsyncState<Page<Delivery>>;
  query: QueryFilters<FilterName>;
  filters: ComputedRef<DeliveryFilters>;
  /** Changes with the query; a refresh keeps it. */
  request: ComputedRef<string>;
  isFiltered: ComputedRef<boolean>;
  /** Deliveries that came with the last refresh of the same list. */
  freshIds: ShallowRef<ReadonlySet<string>>;
  refresh: () => Promise<void>;
}

const PAGE_SIZE = 50;

/** The page of the log that the URL describes. */
export function useDeliveryList(appKey: () => string, webhookId: () => string | undefined): DeliveryList {
  const query = useQueryFilters(FILTER_NAMES, [ATTEMPT]);
  const filters = computed(() => readFilters(query.filters.value));
  const isFiltered = computed(() => Object.values(filters.value).some((value) => value !== ''));
  const request = computed(() =>
    JSON.stringify([appKey(), webhookId(), filters.value, query.cursor.value ?? '']),
  );
  const freshIds = shallowRef<ReadonlySet<string>>(new Set());

  const state = useAsyncState((signal) => {
    const asked = toDeliveriesQuery(filters.value, Date.now());
    const page = { limit: PAGE_SIZE, cursor: query.cursor.value };
    const narrowed = filters.value.webhookId === '' ? undefined : filters.value.webhookId;
    return listDeliveries(appKey(), webhookId() ?? narrowed, { ...asked, ...page }, signal);
  });

  async function refresh(): Promise<void> {
    const before = state.data.value;
    await state.reload();
    const after = state.data.value;
    if (!before || !after || before === after) return;
    const known = new Set(before.data.map((delivery) => delivery.deliveryId));
    freshIds.value = new Set(after.data.map((one) => one.deliveryId).filter((id) => !known.has(id)));
  }

  async function load(): Promise<void> {
    freshIds.value = new Set();
    await state.reload();
    // Rows of an earlier request next to this error would look like its answer.
    if (state.error.value !== null) state.data.value = undefined;
  }

  watch(request, () => void load(), { immediate: true });

  return { state, query, filters, request, isFiltered, freshIds, refresh };
}
