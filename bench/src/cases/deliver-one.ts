import type { Scene } from './scene.js';
import { waitForArrivals } from './load-window.js';

/** Delivers a single event, so that every table has a real row. */
export async function deliverOne(scene: Scene): Promise<void> {
  await scene.receiver.plan([{ behaviour: { kind: 'ok' } }]);
  await scene.createWebhook({ url: scene.receiver.urlOf(0) });
  await scene.beginLoad({
    event: 'message.sent',
    batchSize: 1,
    webhooks: 1,
    conversations: 1,
    isOrdered: false,
    pace: { kind: 'closed', inFlight: 1, maxBacklog: 1 },
    totalEvents: 1,
  });
  await waitForArrivals(scene.receiver, 1);
  await scene.endLoad();
}
