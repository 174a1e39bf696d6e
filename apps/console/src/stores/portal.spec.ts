import type { PortalSession } from '@im/contracts/api/portal-links';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../shared/http/api-error.js';
import { sendAccessToken } from '../shared/http/client.js';
import { openPortal } from './portal.api.js';
import { usePortalStore } from './portal.js';
import { useSessionStore } from './session.js';

vi.mock('./portal.api.js', () => ({ openPortal: vi.fn() }));
vi.mock('../shared/http/client.js', () => ({ sendAccessToken: vi.fn() }));

const HOUR_MS = 3_600_000;
const REFUSED = new ApiError({ code: 'unauthenticated', status: 401 });

function opened(linkLeftMs: number): PortalSession {
  return {
    accessToken: 'ims_1',
    expiresAt: new Date(Date.now() + Math.min(HOUR_MS, linkLeftMs)).toISOString(),
    linkExpiresAt: new Date(Date.now() + linkLeftMs).toISOString(),
    appKey: 'ak_1',
    appName: 'Chat',
    permissions: ['read', 'redeliver'],
    webhooks: [],
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.useRealTimers();
  vi.resetAllMocks();
});

describe('a portal link', () => {
  it('is exchanged, and its person is a guest with what it allows', async () => {
    vi.mocked(openPortal).mockResolvedValue(opened(9 * HOUR_MS));
    const portal = usePortalStore();
    await portal.open('imp_1');
    expect(openPortal).toHaveBeenCalledExactlyOnceWith('imp_1');
    expect(sendAccessToken).toHaveBeenLastCalledWith('ims_1');
    const session = useSessionStore();
    expect([session.isGuest, session.can('redeliver'), session.can('manageWebhooks')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is exchanged again before its access token ends', async () => {
    vi.mocked(openPortal).mockImplementation(() => Promise.resolve(opened(9 * HOUR_MS)));
    await usePortalStore().open('imp_1');
    await vi.advanceTimersByTimeAsync(HOUR_MS - 301_000);
    expect(openPortal).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(openPortal).toHaveBeenCalledTimes(2);
  });

  it('ends when it expires, without a request that would be refused', async () => {
    vi.mocked(openPortal).mockResolvedValue(opened(600_000));
    const portal = usePortalStore();
    await portal.open('imp_1');
    await vi.advanceTimersByTimeAsync(601_000);
    expect([portal.isOver, portal.session]).toEqual([true, null]);
    expect(openPortal).toHaveBeenCalledTimes(1);
    expect(sendAccessToken).toHaveBeenLastCalledWith(null);
  });

  it('that is refused is over, and one that is not complete is never sent', async () => {
    vi.mocked(openPortal).mockRejectedValue(REFUSED);
    const portal = usePortalStore();
    await portal.open('');
    expect(openPortal).not.toHaveBeenCalled();
    await portal.open('imp_1');
    expect([portal.isOver, portal.failure]).toEqual([true, null]);
  });

  it('can be tried again when the server is away', async () => {
    const away = new ApiError({ code: 'network_unreachable', status: 0 });
    vi.mocked(openPortal).mockRejectedValueOnce(away).mockResolvedValue(opened(HOUR_MS));
    const portal = usePortalStore();
    await portal.open('imp_1');
    expect([portal.isOver, portal.failure]).toEqual([false, away]);
    await portal.open('imp_1');
    expect(portal.session?.appName).toBe('Chat');
  });
});
