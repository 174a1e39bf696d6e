import type { Page } from '@im/contracts/api/common';
import { MAX_SOURCE_REQUESTS, SOURCE_OUTCOMES, type SourceOutcome } from '@im/contracts/api/source-constants';
import type { SourceRequestEntry } from '@im/contracts/api/sources';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listRequests } from '../sources.api.js';

export interface SourceRequests {
  state: AsyncState<Page<SourceRequestEntry>>;
  /** `''`: all. */
  outcome: ComputedRef<SourceOutcome | ''>;
  filterBy: (outcome: string) => Promise<void>;
  /** The request whose drawer is open. */
  openId: ComputedRef<string | undefined>;
  open: (requestId: string) => Promise<void>;
  close: () => void;
}

/** The source's last requests, with the outcome that the URL names. */
export function useSourceRequests(appKey: () => string, sourceId: () => string): SourceRequests {
  const { filters, openId, setFilters, openItem, closeItem } = useQueryFilters(['outcome']);
  const outcome = computed(() => SOURCE_OUTCOMES.find((each) => each === filters.value.outcome) ?? '');
  const state = useAsyncState((signal) =>
    listRequests(appKey(), sourceId(), { limit: MAX_SOURCE_REQUESTS, outcome: outcome.value }, signal),
  );
  watch([appKey, sourceId, outcome], () => {
    state.reset();
    void state.reload();
  });
  void state.reload();
  return {
    state,
    outcome,
    filterBy: (next) => setFilters({ outcome: next }),
    openId,
    open: openItem,
    close: closeItem,
  };
}
