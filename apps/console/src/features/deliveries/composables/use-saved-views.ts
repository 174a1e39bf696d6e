/** A person's own views of an app's log, kept in this browser. */
import { useLocalStorage } from '@vueuse/core';
import { computed, type ComputedRef } from 'vue';
import type { DeliveryFilters } from '../model/delivery-filters.js';
import { readViews, withView, type SavedView } from '../model/saved-views.js';

export interface SavedViews {
  views: ComputedRef<SavedView[]>;
  save: (name: string, filters: DeliveryFilters) => void;
  remove: (name: string) => void;
}

export function useSavedViews(appKey: () => string): SavedViews {
  const kept = useLocalStorage<unknown>(() => `im-console.log-views.${appKey()}`, [], {
    serializer: { read: readJson, write: (value) => JSON.stringify(value) },
  });
  const views = computed(() => readViews(kept.value));
  return {
    views,
    save: (name, filters) => {
      kept.value = withView(views.value, name, filters);
    },
    remove: (name) => {
      kept.value = views.value.filter((view) => view.name !== name);
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}
