import type { Webhook } from '@im/contracts/api/webhooks';
import { useThrottleFn } from '@vueuse/core';
import { computed, watch, type ComputedRef } from 'vue';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useRefreshWhile } from '../../../shared/composables/use-refresh-while.js';
import { mayRecoverByItself } from '../../../shared/webhooks/stop-reason.js';
import { useWebhookOfPage } from '../../../shared/webhooks/webhook-of-page.js';
import { getWebhook, listWebhookNames } from '../../../shared/webhooks/webhooks.api.js';

/** Figures are counted over the whole log: not with every refresh of the first page. */
const FIGURES_INTERVAL_MS = 12_000;

export interface LoggedWebhooks {
  /** The webhook whose log it is; its answer is undefined in the log of an app. */
  webhook: AsyncState<Webhook | undefined>;
  /** The names of webhooks by id; undefined in the log of one webhook, which does not show them. */
  names: ComputedRef<Map<string, string> | undefined>;
  /** The app is known to have none. */
  hasNone: ComputedRef<boolean>;
  /** Loads figures and health again. */
  refreshWebhooks: () => Promise<void>;
  /** The same, at most once in {@link FIGURES_INTERVAL_MS}. */
  refreshFigures: () => Promise<void>;
}

/** Whose log it is: of one webhook, or of an app with all its webhooks. */
export function useLoggedWebhooks(appKey: () => string, webhookId: () => string | undefined): LoggedWebhooks {
  const ofPage = useWebhookOfPage();
  const webhook: AsyncState<Webhook | undefined> =
    ofPage ??
    useAsyncState(async (signal) => {
      const id = webhookId();
      return id === undefined ? undefined : getWebhook(appKey(), id, signal);
    });
  const ofApp = useAsyncState(async (signal) =>
    webhookId() === undefined ? listWebhookNames(appKey(), signal) : undefined,
  );
  const names = computed(() =>
    webhookId() === undefined
      ? new Map(ofApp.data.value?.data.map((one) => [one.webhookId, one.name || one.url]))
      : undefined,
  );

  const hasNone = computed(() => webhookId() === undefined && ofApp.data.value?.data.length === 0);

  const shown = computed(() =>
    webhookId() === undefined
      ? (ofApp.data.value?.data ?? [])
      : webhook.data.value
        ? [webhook.data.value]
        : [],
  );
  watch(
    [appKey, webhookId],
    () => {
      if (!ofPage) {
        webhook.reset();
        void webhook.reload();
      }
      void ofApp.reload();
    },
    { immediate: true },
  );

  async function refreshWebhooks(): Promise<void> {
    await (webhookId() === undefined ? ofApp.reload() : webhook.reload());
  }
  const refreshFigures = useThrottleFn(refreshWebhooks, FIGURES_INTERVAL_MS, true);
  useRefreshWhile(refreshWebhooks, () => !ofPage && shown.value.some(mayRecoverByItself));

  return { webhook, names, hasNone, refreshWebhooks, refreshFigures };
}
