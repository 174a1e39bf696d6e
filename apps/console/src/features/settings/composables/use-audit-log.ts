import type { AuditEntry } from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters, type QueryFilters } from '../../../shared/composables/use-query-filters.js';
import { listAuditLog, type AuditLogQuery } from '../settings.api.js';

const FILTER_NAMES = ['action', 'appKey'] as const;

export interface AuditLog {
  state: AsyncState<Page<AuditEntry>>;
  query: QueryFilters<(typeof FILTER_NAMES)[number]>;
}

/** The page of the audit log that the URL describes. */
export function useAuditLog(): AuditLog {
  const query = useQueryFilters(FILTER_NAMES);
  const { filters, cursor } = query;
  // The API refuses an unknown action in the address.
  const asked = () => filters.value as Pick<AuditLogQuery, 'action' | 'appKey'>;
  const state = useAsyncState((signal) => listAuditLog({ ...asked(), cursor: cursor.value }, signal));
  watch([filters, cursor], () => void state.reload(), { immediate: true });
  return { state, query };
}
