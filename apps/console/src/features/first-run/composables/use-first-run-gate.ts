/**
 * Decides whether the first run is shown at all, with two small calls at most, so that others load nothing
 * of it. It is over for a person once an event was delivered, once there are several apps, or when they dismiss it.
 */
import { useLocalStorage } from '@vueuse/core';
import { computed, ref, watch, type ComputedRef } from 'vue';
import { useSessionStore } from '../../../stores/session.js';
import { listFirstApps, newestDelivery } from '../first-run.api.js';

const TIMEOUT_MS = 10_000;

export interface FirstRunGate {
  isShown: ComputedRef<boolean>;
  /** It is not shown again after this visit. */
  remember: () => void;
  close: () => void;
}

export function useFirstRunGate(): FirstRunGate {
  const session = useSessionStore();
  /** Whose first run is over. */
  const over = useLocalStorage<string[]>('im-console.first-run-over', []);
  const who = computed(() => (session.user ? `${session.user.tenantId}:${session.user.userId}` : ''));
  const isOpen = ref(false);

  function remember(): void {
    if (who.value !== '' && !over.value.includes(who.value)) over.value = [...over.value, who.value];
  }

  async function decide(): Promise<void> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { data: apps } = await listFirstApps(signal);
      const [only, ...others] = apps;
      const isOver =
        others.length > 0 ||
        (only !== undefined && (await newestDelivery(only.appKey, 'success', signal)).data.length > 0);
      if (isOver) remember();
      isOpen.value = !isOver && (only !== undefined || session.can('manageApps'));
    } catch {
      // The page itself says what is wrong.
    }
  }

  watch(
    who,
    () => {
      isOpen.value = false;
      if (session.can('manageWebhooks') && !over.value.includes(who.value)) void decide();
    },
    { immediate: true },
  );

  return {
    isShown: computed(() => isOpen.value),
    remember,
    close: () => {
      remember();
      isOpen.value = false;
    },
  };
}
