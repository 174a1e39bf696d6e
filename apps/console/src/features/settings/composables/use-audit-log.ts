import type { ListedAuditEntry } from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters, type QueryFilters } from '../../../shared/composables/use-query-filters.js';
import {
  AUDIT_FILTER_NAMES,
  readAuditFilters,
  toAuditQuery,
  type AuditFilterName,
  type AuditFilters,
} from '../model/audit-filters.js';
import { auditExportUrl, listAuditLog, listMembers } from '../settings.api.js';

export interface AuditLog {
  state: AsyncState<Page<ListedAuditEntry>>;
  query: QueryFilters<AuditFilterName>;
  filters: ComputedRef<AuditFilters>;
  /** Downloads what the filters match, on every page. */
  download: () => void;
}

/** The page of the audit log that the URL describes. */
export function useAuditLog(): AuditLog {
  const query = useQueryFilters(AUDIT_FILTER_NAMES);
  const { cursor } = query;
  const filters = computed(() => readAuditFilters(query.filters.value));
  const state = useAsyncState((signal) =>
    listAuditLog({ ...toAuditQuery(filters.value), cursor: cursor.value }, signal),
  );
  watch([filters, cursor], () => void state.reload(), { immediate: true });
  const download = () => {
    window.location.assign(auditExportUrl(toAuditQuery(filters.value)));
  };
  return { state, query, filters, download };
}

/** The emails to filter by. If they do not load, there are none; any other one may be typed. */
export function useActorChoices(): ComputedRef<string[]> {
  const { data, reload } = useAsyncState((signal) => listMembers(undefined, signal));
  void reload();
  return computed(() => data.value?.data.map(({ email }) => email) ?? []);
}
