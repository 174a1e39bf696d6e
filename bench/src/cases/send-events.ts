/** Sends events that then wait, from a separate load generator. */
import { waitUntil } from '@im/testbed/wait-until';
import { LoadGenerator } from '../load/load-generator.js';
import type { Scene } from './scene.js';

const WITHIN_MS = 120_000;

/** @throws Error when some were refused */
export async function sendEvents(scene: Scene, event: string, count: number): Promise<void> {
  const generator = await LoadGenerator.start();
  try {
    await generator.begin({
      ...scene.loadTarget,
      event,
      batchSize: Math.min(100, count),
      webhooks: 1,
      conversations: 1_000,
      isOrdered: false,
      hasIds: false,
      pace: { kind: 'closed', inFlight: 4, maxBacklog: Infinity },
      totalEvents: count,
    });
    await waitUntil(async () => (await generator.progress()).isFinished, WITHIN_MS);
    const { acknowledged } = await generator.finish();
    if (acknowledged < count) throw new Error(`only ${acknowledged} events could be sent`);
  } finally {
    await generator.stop();
  }
}
