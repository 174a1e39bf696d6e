/** Hands the webhook of a page to the tabs below it, so that it is loaded once. */
import type { Webhook } from '@im/contracts/api/webhooks';
import { inject, provide, type InjectionKey } from 'vue';
import type { AsyncState } from '../composables/use-async-state.js';

const KEY: InjectionKey<AsyncState<Webhook>> = Symbol('webhook of the page');

export function provideWebhook(state: AsyncState<Webhook>): void {
  provide(KEY, state);
}

/** @returns undefined outside a webhook's page */
export function useWebhookOfPage(): AsyncState<Webhook> | undefined {
  return inject(KEY, undefined);
}
