/** Delivers a backlog: the receiver refuses connections while 100,000 events are sent; then it is back. */
import type { CaseResult } from '../report/case-result.js';
import { ApiRefusal } from '@im/testbed/api-client';
import { machineMs } from '@im/testbed/clock';
import { waitUntil } from '@im/testbed/wait-until';
import { cpuSecondsPer1000, judgeArrivals, waitForArrivals, type Window } from './load-window.js';
import { BATCH } from './plain.js';
import type { Scene } from './scene.js';
import { measureThroughput } from './throughput.js';

/** Due again soon, for as long as the case takes. */
const RETRY_POLICY = { strategy: 'fixed', initialDelayMs: 1_000, maxAttempts: 50 } as const;
const HAND_IN_WITHIN_MS = 600_000;

export async function runBacklog(scene: Scene, window: Window, events: number): Promise<CaseResult> {
  const plain = await measureThroughput(scene, { ...BATCH, webhook: { retryPolicy: RETRY_POLICY } }, window);
  const [webhook] = await scene.webhooks();
  if (!webhook) throw new Error('the webhook is gone');

  await scene.receiver.plan([{ behaviour: { kind: 'ok' } }]);
  await scene.receiver.refuse();
  const handInStartedAtMs = machineMs();
  await scene.beginLoad({
    event: 'message.sent',
    batchSize: 100,
    webhooks: 1,
    conversations: 1_000,
    isOrdered: false,
    pace: { kind: 'closed', inFlight: 4, maxBacklog: Infinity },
    totalEvents: events,
  });
  await waitUntil(async () => (await scene.generator.progress()).isFinished, HAND_IN_WITHIN_MS);
  const load = await scene.endLoad();
  const handedInPerSecond = (load.acknowledged * 1_000) / (machineMs() - handInStartedAtMs);

  const usedBefore = await scene.cpuSeconds();
  await scene.receiver.listen();
  const returnedAtMs = machineMs();
  const notes = await resume(scene, webhook.webhookId);
  await waitForArrivals(scene.receiver, load.acknowledged);
  const usedAfter = await scene.cpuSeconds();
  const channels = await scene.receiver.report();
  const lastAtMs = channels[0]?.arrivedAtMs.reduce((latest, atMs) => Math.max(latest, atMs), 0) ?? 0;
  const integrity = judgeArrivals(load, channels);
  const drainedPerSecond = ((load.acknowledged - integrity.lost) * 1_000) / (lastAtMs - returnedAtMs);
  return {
    name: 'backlog',
    figures: [
      { name: 'drained', value: drainedPerSecond, unit: '/s', hasLimits: true },
      {
        name: 'drained / plain',
        value: drainedPerSecond / plain.deliveriesPerSecond,
        unit: '×',
        wanted: '>= 0.8',
      },
      { name: 'server memory at most', value: await scene.peakResidentMiB(), unit: 'MiB', wanted: '<= 450' },
      { name: 'plain, batches of 100', value: plain.deliveriesPerSecond, unit: '/s' },
      { name: 'accepted while the receiver was away', value: handedInPerSecond, unit: '/s' },
    ],
    integrity,
    cpuSecondsPer1000: cpuSecondsPer1000(usedBefore, usedAfter, load.acknowledged - integrity.lost),
    notes,
  };
}

/** Closes the webhook's breaker, so that no waiting for the next probe is measured. */
async function resume(scene: Scene, webhookId: string): Promise<string[]> {
  try {
    await scene.api.call('POST', `/apps/${scene.appKey}/webhooks/${webhookId}/resume`);
    return [];
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status !== 404) throw error;
    return ['resume is not there yet (404)'];
  }
}
