/** Keeps what a portal link opened: exchanged from the token in the fragment, renewed while the page is open. */
import type { PortalSession } from '@im/contracts/api/portal-links';
import { useTimeoutFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { ApiError } from '../shared/http/api-error.js';
import { sendAccessToken } from '../shared/http/client.js';
import { openPortal } from './portal.api.js';
import { useSessionStore } from './session.js';

/** So long before its end an access token is replaced. */
const RENEW_BEFORE_MS = 300_000;
const SOONEST_MS = 1_000;

export const usePortalStore = defineStore('portal', () => {
  const session = shallowRef<PortalSession | null>(null);
  /** The link is unknown, revoked or expired, or there is none. */
  const isOver = ref(false);
  /** Why it could not be opened; another try may succeed. */
  const failure = shallowRef<unknown>(null);

  let token = '';
  let isExchanging = false;
  const delayMs = ref(0);
  const { start, stop } = useTimeoutFn(whenDue, delayMs, { immediate: false });

  async function open(linkToken: string): Promise<void> {
    token = linkToken;
    if (token === '') show(null);
    else await renew();
  }

  /** Also when the server no longer takes the access token: the machine slept, or the link was revoked. */
  async function renew(): Promise<void> {
    if (isExchanging) return;
    isExchanging = true;
    failure.value = null;
    try {
      show(await openPortal(token));
    } catch (error) {
      if (isRefusal(error)) show(null);
      else failure.value = error;
    } finally {
      isExchanging = false;
    }
  }

  function show(opened: PortalSession | null): void {
    stop();
    sendAccessToken(opened?.accessToken ?? null);
    useSessionStore().welcomeGuest(opened?.permissions.includes('redeliver') ? ['redeliver'] : []);
    session.value = opened;
    isOver.value = opened === null;
    if (opened === null) return;
    const leftMs = Date.parse(opened.expiresAt) - Date.now();
    delayMs.value = Math.max(SOONEST_MS, endsWithLink(opened) ? leftMs : leftMs - RENEW_BEFORE_MS);
    start();
  }

  function whenDue(): void {
    if (session.value && endsWithLink(session.value)) show(null);
    else void renew();
  }

  return { session, isOver, failure, open, renew };
});

function endsWithLink({ expiresAt, linkExpiresAt }: PortalSession): boolean {
  return expiresAt === linkExpiresAt;
}

/** Another try would be refused too. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && [401, 403, 422].includes(error.status);
}
