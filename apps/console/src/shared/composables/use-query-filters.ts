/** Keeps a list's filters, page and open drawer in the URL, so that a link shows a colleague the same. */
import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import { useOpenItem } from './use-open-item.js';

export interface QueryFilters<K extends string> {
  /** Every filter's value; `''` where it is not set. */
  filters: ComputedRef<Record<K, string>>;
  /** Cursor of the page shown; undefined on the first page. */
  cursor: ComputedRef<string | undefined>;
  /** Id of the item whose drawer is open. */
  openId: ComputedRef<string | undefined>;
  isFiltered: ComputedRef<boolean>;
  /** Changes filters and goes back to the first page; the drawer closes. */
  setFilters: (changes: Partial<Record<K, string>>) => Promise<void>;
  clearFilters: () => Promise<void>;
  /** Goes to a page; the browser's Back leads to the page before. */
  goToPage: (cursor: string | undefined) => Promise<void>;
  openItem: (id: string) => Promise<void>;
  /** Goes back to before it was opened, so that the browser's Back does not open it again. */
  closeItem: () => void;
}

const CURSOR = 'cursor';
const OPEN = 'open';

/**
 * @param names the filters' names, as the API calls them; `cursor` and `open` are taken
 * @param ofItem further parameters that belong to the open item, and are dropped with it
 */
export function useQueryFilters<K extends string>(
  names: readonly K[],
  ofItem: readonly string[] = [],
): QueryFilters<K> {
  const route = useRoute();
  const router = useRouter();

  const filters = computed(
    () =>
      Object.fromEntries(names.map((name) => [name, single(route.query, name) ?? ''])) as Record<K, string>,
  );
  const cursor = computed(() => single(route.query, CURSOR));
  const openId = computed(() => single(route.query, OPEN));
  const isFiltered = computed(() => names.some((name) => filters.value[name] !== ''));

  function withChanges(changes: Record<string, string | undefined>) {
    const query: LocationQuery = { ...route.query };
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') Reflect.deleteProperty(query, name);
      else query[name] = value;
    }
    return { query, hash: route.hash };
  }

  async function change(changes: Record<string, string | undefined>): Promise<void> {
    await router.push(withChanges(changes));
  }

  const closed = Object.fromEntries([OPEN, ...ofItem].map((name) => [name, undefined]));
  const { openItem, closeItem } = useOpenItem(openId, (id) => withChanges({ ...closed, [OPEN]: id }));

  return {
    filters,
    cursor,
    openId,
    isFiltered,
    setFilters: (changes) =>
      change({ ...(changes as Record<string, string>), [CURSOR]: undefined, ...closed }),
    clearFilters: () =>
      change({
        ...Object.fromEntries(names.map((name) => [name, undefined])),
        [CURSOR]: undefined,
        ...closed,
      }),
    goToPage: (next) => change({ [CURSOR]: next, ...closed }),
    openItem,
    closeItem,
  };
}

/** The first value of a parameter that is given twice; undefined for an empty one. */
function single(query: LocationQuery, name: string): string | undefined {
  const value = query[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === null || first === undefined || first === '' ? undefined : first;
}
