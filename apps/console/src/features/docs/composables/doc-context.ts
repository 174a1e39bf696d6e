/** Gives the blocks of the documentation what they are filled in with. */
import type { Source } from '@im/contracts/api/sources';
import { computed, inject, provide, watch, type ComputedRef, type InjectionKey } from 'vue';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { listSourceNames } from '../../../shared/sources/sources.api.js';

export interface DocContext {
  appKey: ComputedRef<string>;
  /** Replaces the names in braces. */
  fill: (text: string) => string;
}

const KEY: InjectionKey<DocContext> = Symbol('documentation');

const BOT_ADDRESS = 'https://dootask.example.com';
/** The oldest whose messages are understood. */
const BOT_VERSION = '0.42.3';

/** For people outside of the tenant, who see no sources: the examples have a made-up address. */
export function provideGuestDocContext(appKey: () => string): void {
  provideContext(appKey, () => []);
}

export function provideDocContext(appKey: () => string): void {
  // If they do not load, the examples keep a made-up address.
  const sources = useAsyncState((signal) => listSourceNames(appKey(), signal));
  watch(appKey, () => void sources.reload(), { immediate: true });
  provideContext(appKey, () => sources.data.value?.data ?? []);
}

function provideContext(appKey: () => string, sources: () => readonly Source[]): void {
  const botAddress = computed(() => addressOf(sources()));
  provide(KEY, {
    appKey: computed(appKey),
    fill: (text) =>
      text
        .replaceAll('{appKey}', appKey())
        .replaceAll('{botAddress}', botAddress.value)
        .replaceAll('{botVersion}', BOT_VERSION),
  });
}

export function useDocContext(): DocContext {
  const context = inject(KEY);
  if (!context) throw new Error('a block of the documentation stands outside of it');
  return context;
}

function addressOf(sources: readonly Source[]): string {
  const bot = sources.find(({ kind, settings }) => kind === 'dootask' && settings.address);
  return bot?.settings.address?.replace(/\/+$/, '') ?? BOT_ADDRESS;
}
