/** A healthy webhook alone, then beside one whose receiver takes 30 s for each answer while 10,000 events wait. */
import { LoadGenerator } from '../load/load-generator.js';
import { quantile } from '../report/quantile.js';
import type { CaseResult } from '../report/case-result.js';
import { Receiver } from '../receiver/receiver.js';
import { waitUntil } from '@im/testbed/wait-until';
import { latenciesOf } from './latency.js';
import { judgeArrivals, measureWindow, waitForArrivals, type Window } from './load-window.js';
import type { Scene } from './scene.js';

const HEALTHY_EVENT = 'message.sent';
const HANGING_EVENT = 'message.revoked';
const HEALTHY_PER_SECOND = 100;
const WAITING_EVENTS = 10_000;
const ANSWER_AFTER_MS = 30_000;
/** Longer than the receiver takes: every attempt succeeds in the end, so no failure gives the webhook away. */
const TIMEOUT_MS = 60_000;
const HAND_IN_WITHIN_MS = 120_000;

export async function runIsolation(scene: Scene, window: Window): Promise<CaseResult> {
  await scene.createWebhook({ url: scene.receiver.urlOf(0), events: [HEALTHY_EVENT] });
  const alone = await measureHealthy(scene, window);
  const hanging = await Receiver.start();
  try {
    await hanging.plan([{ behaviour: { kind: 'hang', answerAfterMs: ANSWER_AFTER_MS } }]);
    await scene.createWebhook({ url: hanging.urlOf(0), events: [HANGING_EVENT], timeoutMs: TIMEOUT_MS });
    await handInWaiting(scene);
    const beside = await measureHealthy(scene, window);
    const { requests } = await hanging.progress();
    return {
      name: 'isolation',
      figures: [
        { name: 'healthy p99 beside / alone', value: beside.p99Ms / alone.p99Ms, unit: '×', wanted: '<= 2' },
        { name: 'healthy p99 alone', value: alone.p99Ms, unit: 'ms' },
        { name: 'healthy p99 beside', value: beside.p99Ms, unit: 'ms' },
        { name: 'healthy p50 alone', value: alone.p50Ms, unit: 'ms' },
        { name: 'healthy p50 beside', value: beside.p50Ms, unit: 'ms' },
        { name: 'requests the hanging one got', value: requests, unit: '' },
      ],
      integrity: beside.integrity,
      cpuSecondsPer1000: beside.cpuSecondsPer1000,
      notes: [],
    };
  } finally {
    await hanging.stop();
  }
}

async function measureHealthy(scene: Scene, window: Window) {
  await scene.receiver.plan([{ behaviour: { kind: 'ok' } }]);
  await scene.beginLoad({
    event: HEALTHY_EVENT,
    batchSize: 1,
    webhooks: 1,
    conversations: 1_000,
    isOrdered: false,
    pace: { kind: 'open', eventsPerSecond: HEALTHY_PER_SECOND },
  });
  const { cpuSecondsPer1000 } = await measureWindow(scene, window);
  const load = await scene.endLoad();
  await waitForArrivals(scene.receiver, load.acknowledged);
  const channels = await scene.receiver.report();
  const latenciesMs = latenciesOf(load, channels[0], window.warmUpMs);
  return {
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    integrity: judgeArrivals(load, channels),
    cpuSecondsPer1000,
  };
}

async function handInWaiting(scene: Scene): Promise<void> {
  const generator = await LoadGenerator.start();
  try {
    await generator.begin({
      ...scene.loadTarget,
      event: HANGING_EVENT,
      batchSize: 100,
      webhooks: 1,
      conversations: 1_000,
      isOrdered: false,
      hasIds: false,
      pace: { kind: 'closed', inFlight: 4, maxBacklog: Infinity },
      totalEvents: WAITING_EVENTS,
    });
    await waitUntil(async () => (await generator.progress()).isFinished, HAND_IN_WITHIN_MS);
    const { acknowledged } = await generator.finish();
    if (acknowledged < WAITING_EVENTS) throw new Error(`only ${acknowledged} events could be handed in`);
  } finally {
    await generator.stop();
  }
}
