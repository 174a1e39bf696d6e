/** Reads deliveries of which the live stream only says that something happened, one after the other. */
import type { Delivery } from '@im/contracts/api/deliveries';
import { onScopeDispose } from 'vue';
import { getDelivery } from '../deliveries.api.js';
import { MAX_LIVE_ROWS } from '../model/live-rows.js';

export interface RowLookUps {
  /** @returns false: too many wait already */
  request: (deliveryId: string) => boolean;
  /** Forgets those that wait. */
  clear: () => void;
}

export function useRowLookUps(appKey: () => string, take: (row: Delivery) => void): RowLookUps {
  const waiting = new Set<string>();
  let reading: AbortController | undefined;

  function request(deliveryId: string): boolean {
    if (waiting.size >= MAX_LIVE_ROWS) return waiting.has(deliveryId);
    waiting.add(deliveryId);
    if (!reading) void readAll((reading = new AbortController()));
    return true;
  }

  async function readAll(own: AbortController): Promise<void> {
    for (const deliveryId of waiting) {
      waiting.delete(deliveryId);
      try {
        const {
          payload: _payload,
          attemptLog: _attempts,
          ...row
        } = await getDelivery(appKey(), deliveryId, own.signal);
        if (!own.signal.aborted) take(row);
      } catch {
        // The row stays as it is, until the log is loaded again.
      }
      if (own.signal.aborted) return;
    }
    reading = undefined;
  }

  function clear(): void {
    waiting.clear();
    reading?.abort();
    reading = undefined;
  }

  onScopeDispose(clear);
  return { request, clear };
}
