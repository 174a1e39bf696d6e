import type { App } from '@im/contracts/api/apps';
import { watch } from 'vue';
import { getApp } from '../../../shared/apps/apps.api.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { listWebhookNames } from '../../../shared/webhooks/webhooks.api.js';

export interface AppSettings {
  app: App;
  /** Of its first 200. */
  webhookCount: number;
}

export function useAppSettings(appKey: () => string): AsyncState<AppSettings> {
  const state = useAsyncState(async (signal) => {
    const [app, webhooks] = await Promise.all([getApp(appKey(), signal), listWebhookNames(appKey(), signal)]);
    return { app, webhookCount: webhooks.data.length };
  });
  watch(
    appKey,
    () => {
      state.reset();
      void state.reload();
    },
    { immediate: true },
  );
  return state;
}
