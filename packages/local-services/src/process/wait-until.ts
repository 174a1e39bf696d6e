import { setTimeout as delay } from 'node:timers/promises';

/** Calls `isTrue` every `everyMs` until it returns true; false when `withinMs` have passed first. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  withinMs: number,
  everyMs = 25,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (await isTrue()) return true;
    if (Date.now() >= deadline) return false;
    await delay(everyMs);
  }
}
