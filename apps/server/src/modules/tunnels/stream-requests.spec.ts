import type { Readable } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import type { DrainHttpService } from '../../platform/http-server/drain-http.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { KeepTunnelsService } from '../tunnel-store/keep-tunnels.service.js';
import { MAX_TAKEN, type TunnelStream, type WaitingRequest } from '../tunnel-store/tunnel.js';
import type { TunnelHints } from '../tunnel-store/tunnel-hints.js';
import { StreamRequestsService } from './stream-requests.service.js';

const MIB = 1_048_576;
let drain: AbortController;
afterEach(() => {
  drain.abort();
});

/** Tunnels with requests of 1 MiB in their rows. */
function serviceWith(waiting: Record<string, number>) {
  drain = new AbortController();
  let hint: (tunnelId: string) => void = () => undefined;
  const rows = Object.entries(waiting).flatMap(([tunnelId, count]) =>
    Array.from({ length: count }, () => ({ ...requestOf(tunnelId) })),
  );
  const tunnels: Partial<KeepTunnelsService> = {
    connect: () => Promise.resolve(false),
    disconnect: () => Promise.resolve(),
    take: (streams: readonly TunnelStream[]) => {
      const ids = streams.map(({ tunnelId }) => tunnelId);
      const taken = rows.filter(({ tunnelId }) => ids.includes(tunnelId)).slice(0, MAX_TAKEN);
      for (const row of taken) rows.splice(rows.indexOf(row), 1);
      return Promise.resolve(taken);
    },
  };
  const service = new StreamRequestsService(
    tunnels as KeepTunnelsService,
    { listen: (_: string, listener: typeof hint) => (hint = listener) } as unknown as TunnelHints,
    { stopped: drain.signal } as DrainHttpService,
  );
  const open = async (tunnelId: string): Promise<Readable> => {
    const app = { appId: tunnelId } as AppRef;
    return (await service.open(tunnelId, app, () => Promise.resolve(true))).readable;
  };
  return { open, rows, look: (tunnelId: string) => hint(tunnelId) };
}

function requestOf(tunnelId: string): WaitingRequest {
  const requestId = '019a0000-0000-7000-8000-00000000000a';
  return { requestId, tunnelId, headers: '[]', body: Buffer.alloc(MIB), timeoutMs: 1, isRepeat: false };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('takes no more for a client that does not read, and more once it does', async () => {
  const { open, rows, look } = serviceWith({ slow: 50 });
  const readable = await open('slow');
  await settle();
  expect(rows).toHaveLength(50 - MAX_TAKEN);
  look('slow');
  await settle();
  expect(rows).toHaveLength(50 - MAX_TAKEN);
  readable.resume();
  await vi.waitFor(() => {
    look('slow');
    expect(rows).toHaveLength(0);
  });
});

it('disconnects the clients that read least when all together leave too much unread', async () => {
  const { open } = serviceWith({ one: 20, two: 20, three: 20, idle: 0 });
  const readers: Readable[] = [];
  for (const tunnelId of ['idle', 'one', 'two', 'three']) {
    readers.push(await open(tunnelId));
    await settle();
  }
  const unread = readers.map(({ readableLength, destroyed }) => (destroyed ? 0 : readableLength));
  expect(unread.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(64 * MIB);
  expect(readers.map(({ destroyed }) => destroyed)).toEqual([false, true, false, false]);
});
