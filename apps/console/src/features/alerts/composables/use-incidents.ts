import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { watch } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { listAlerts } from '../alerts.api.js';
import { incidentsOf, type Incident } from '../model/incidents.js';

/** Of the open and of the acknowledged alerts; the newest are shown. */
const MAX_ALERTS = 200;
const REFRESH_INTERVAL_MS = 15_000;

export interface Incidents {
  incidents: Incident[];
  /** There are more alerts than are loaded. */
  isTruncated: boolean;
}

/** What goes on now, refreshed while the page is visible. */
export function useIncidents(appKey: () => string): AsyncState<Incidents> {
  const visibility = useDocumentVisibility();
  const state = useAsyncState((signal) => loadIncidents(appKey(), signal));
  watch(
    appKey,
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  useIntervalFn(() => {
    if (visibility.value === 'visible' && !state.isLoading.value) void state.reload();
  }, REFRESH_INTERVAL_MS);
  watch(visibility, (now) => {
    if (now === 'visible') void state.reload();
  });
  return state;
}

async function loadIncidents(appKey: string, signal: AbortSignal): Promise<Incidents> {
  const [open, acknowledged] = await Promise.all([
    listAlerts(appKey, { status: 'open', limit: MAX_ALERTS }, signal),
    listAlerts(appKey, { status: 'acknowledged', limit: MAX_ALERTS }, signal),
  ]);
  return {
    // One acknowledged between the two requests is in both.
    incidents: incidentsOf([
      ...new Map([...open.data, ...acknowledged.data].map((alert) => [alert.alertId, alert])).values(),
    ]),
    isTruncated: open.page.nextCursor !== null || acknowledged.page.nextCursor !== null,
  };
}
