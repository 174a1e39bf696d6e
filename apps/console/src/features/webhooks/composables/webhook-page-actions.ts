/** Hands what the page of a webhook can do to its tabs. */
import type { Webhook } from '@im/contracts/api/webhooks';
import { computed, inject, type ComputedRef, type InjectionKey } from 'vue';
import { useWebhookOfPage } from '../../../shared/webhooks/webhook-of-page.js';

export interface WebhookPageActions {
  /** Enables or disables it, after a question; resolves to whether it did. */
  toggle: (webhook: Webhook) => Promise<boolean>;
  /** Shows its secret, after a question. */
  reveal: (webhook: Webhook) => Promise<void>;
}

export const WEBHOOK_ACTIONS: InjectionKey<WebhookPageActions> = Symbol('actions of a webhook page');

export interface WebhookTab extends WebhookPageActions {
  /** A tab is shown when the webhook is loaded. */
  webhook: ComputedRef<Webhook | undefined>;
  reload: () => Promise<void>;
}

/** The webhook that a tab shows. @throws Error outside a webhook's page */
export function useWebhookTab(): WebhookTab {
  const state = useWebhookOfPage();
  const actions = inject(WEBHOOK_ACTIONS);
  if (!state || !actions) throw new Error('A tab belongs to the page of a webhook');
  return { webhook: computed(() => state.data.value), reload: state.reload, ...actions };
}
