import { vi } from 'vitest';

/** As long as a spec may take, so that the spec's own timeout bounds the wait. */
const TIMEOUT_MS = 20_000;

/** Waits until it no longer throws, for what Element Plus, a transition or a lazy part shows a moment later. */
export async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: TIMEOUT_MS, interval: 20 });
}
