/**
 * Decides whether the first run is shown at all, with three small calls at most, so that others load nothing
 * of it. It is over for a person once an event was delivered, once there are several apps, or when they dismiss it.
 */
import { useLocalStorage } from '@vueuse/core';
import { computed, ref, shallowRef, watch, type Component, type Ref, type ShallowRef } from 'vue';
import { useSessionStore } from '../../../stores/session.js';
import { listFirstApps } from '../first-run.api.js';
import { FIRST_RUN_STEPS } from '../model/steps.js';
import { findProgress, type FirstRunProgress } from './find-progress.js';

/** The page is hidden meanwhile, so it is short; after it the page is shown without the first run. */
const TIMEOUT_MS = 3_000;

interface FirstRunRail {
  component: Component;
  start: FirstRunProgress;
}

export interface FirstRunGate {
  /** While it is not, a page that is shown could be pushed down. */
  isDecided: Ref<boolean>;
  /** What is shown above the page; null: nothing. */
  rail: ShallowRef<FirstRunRail | null>;
  /** It is not shown again after this visit. */
  remember: () => void;
  close: () => void;
}

export function useFirstRunGate(): FirstRunGate {
  const session = useSessionStore();
  /** Whose first run is over. */
  const over = useLocalStorage<string[]>('im-console.first-run-over', []);
  const who = computed(() => (session.user ? `${session.user.tenantId}:${session.user.userId}` : ''));
  const isDecided = ref(false);
  const rail = shallowRef<FirstRunRail | null>(null);

  function remember(): void {
    if (who.value !== '' && !over.value.includes(who.value)) over.value = [...over.value, who.value];
  }

  /** Null: nothing is to be shown. */
  async function findRail(): Promise<FirstRunRail | null> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { data: apps } = await listFirstApps(signal);
    const [only, ...others] = apps;
    const start = others.length > 0 ? null : await findProgress(only, signal);
    if (start === null || start.done === FIRST_RUN_STEPS.length) {
      remember();
      return null;
    }
    if (!only && !session.can('manageApps')) return null;
    // Most visits do not need it.
    const { default: component } = await import('../components/FirstRunRail.vue');
    return { component, start };
  }

  async function decide(): Promise<void> {
    const decidedFor = who.value;
    // If it fails, the page itself says what is wrong.
    const found = await findRail().catch(() => null);
    if (who.value !== decidedFor) return;
    rail.value = found;
    isDecided.value = true;
  }

  watch(
    who,
    () => {
      rail.value = null;
      isDecided.value = !session.can('manageWebhooks') || over.value.includes(who.value);
      if (!isDecided.value) void decide();
    },
    { immediate: true },
  );

  return {
    isDecided,
    rail,
    remember,
    close: () => {
      remember();
      rail.value = null;
    },
  };
}
