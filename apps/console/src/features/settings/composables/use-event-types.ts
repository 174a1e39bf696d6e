import type { EventType } from '@im/contracts/api/event-types';
import type { EventTypePack } from '@im/contracts/api/event-type-packs';
import type { Page } from '@im/contracts/api/common';
import { ref, watch, type ComputedRef, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { installEventTypePack, listEventTypePacks, listEventTypes } from '../event-types.api.js';

export interface EventTypes {
  state: AsyncState<Page<EventType>>;
  packs: AsyncState<EventTypePack[]>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
  /** The pack that is being installed. */
  installing: Ref<string | null>;
  install: (pack: EventTypePack) => Promise<void>;
}

/** The page of event types that the URL names, and the packs to install. */
export function useEventTypes(): EventTypes {
  const { t } = useText();
  const { cursor, goToPage } = useQueryFilters([]);
  const state = useAsyncState((signal) => listEventTypes(cursor.value, signal));
  const packs = useAsyncState(listEventTypePacks);
  const installing = ref<string | null>(null);
  watch(cursor, () => void state.reload(), { immediate: true });
  void packs.reload();

  async function install({ name }: EventTypePack): Promise<void> {
    installing.value = name;
    try {
      const { added } = await installEventTypePack(name);
      notifySuccess(t('eventTypes.installedNow', { count: added.length }));
    } catch (error) {
      notifyError(error);
    }
    await Promise.all([packs.reload(), state.reload()]);
    installing.value = null;
  }

  return { state, packs, cursor, goToPage, installing, install };
}
