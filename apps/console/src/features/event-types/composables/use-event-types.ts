/** Keeps the list of event types: all of them with their numbers, filtered as the URL says, and the packs to install. */
import type { EventTypePack } from '@im/contracts/api/event-type-packs';
import { useTimeoutFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { attempt } from '../../../shared/ui/attempt.js';
import { notifySuccess } from '../../../shared/ui/notify.js';
import { installEventTypePack, listEventTypePacks, listEventTypeUsage } from '../event-types.api.js';
import { filterTypes, groupByFamily } from '../model/families.js';

const TYPING_PAUSE_MS = 300;

export function useEventTypes() {
  const { t } = useText();
  const query = useQueryFilters(['q', 'origin']);
  const { filters, setFilters, openId, openItem, closeItem } = query;
  const state = useAsyncState(listEventTypeUsage);
  const packs = useAsyncState(listEventTypePacks);
  const installing = ref<string | null>(null);
  const search = useSearch(query);
  const families = computed(() => groupByFamily(filterTypes(state.data.value ?? [], filters.value)));
  /** Names of the tenant's own types. */
  const taken = computed(
    () => new Set((state.data.value ?? []).filter(({ origin }) => origin === 'own').map(({ name }) => name)),
  );
  void state.reload();
  void packs.reload();

  async function reload(): Promise<void> {
    await Promise.all([packs.reload(), state.reload()]);
  }

  async function install({ name }: EventTypePack): Promise<void> {
    installing.value = name;
    await attempt(async () => {
      const { added } = await installEventTypePack(name);
      notifySuccess(t('eventTypes.installedNow', { count: added.length }));
    });
    await reload();
    installing.value = null;
  }

  return {
    ...{ state, families, taken, packs, installing, install, reload },
    ...{ search, filters, setFilters, isFiltered: query.isFiltered, clearFilters: query.clearFilters },
    ...{ openId, openItem, closeItem },
  };
}

/** What is typed goes into the URL after a pause, and follows it when it changes. */
function useSearch({
  filters,
  setFilters,
}: Pick<ReturnType<typeof useQueryFilters<'q' | 'origin'>>, 'filters' | 'setFilters'>) {
  const search = ref(filters.value.q);
  watch(
    () => filters.value.q,
    (q) => (search.value = q),
  );
  // A timer of the scope: a person who leaves while typing takes nothing along to the next page.
  const { start: searchSoon } = useTimeoutFn(
    () => {
      const typed = search.value.trim();
      if (typed !== filters.value.q) void setFilters({ q: typed });
    },
    TYPING_PAUSE_MS,
    { immediate: false },
  );
  watch(search, () => searchSoon());
  return search;
}
