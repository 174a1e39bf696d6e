import type { Page } from '@im/contracts/api/common';
import type { Member } from '@im/contracts/api/members';
import { watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listMembers } from '../settings.api.js';

export interface MemberList {
  state: AsyncState<Page<Member>>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
}

/** The page of members that the URL names. */
export function useMemberList(): MemberList {
  const { cursor, goToPage } = useQueryFilters([]);
  const state = useAsyncState((signal) => listMembers(cursor.value, signal));
  watch(cursor, () => void state.reload(), { immediate: true });
  return { state, cursor, goToPage };
}
