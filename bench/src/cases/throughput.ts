/** Measures throughput in a closed loop without a growing backlog, counted at the receiver. */
import type { RetryPolicyInput } from '@im/contracts/api/retry-policy';
import type { CaseResult } from '../report/case-result.js';
import type { ChannelPlan, ChannelReport } from '../receiver/receiver-commands.js';
import { judgeArrivals, measureWindow, waitForArrivals, type Window } from './load-window.js';
import type { Scene } from './scene.js';

export interface ThroughputPlan {
  name: string;
  batchSize: number;
  webhooks: number;
  /** Requests under way at once, and deliveries under way or waiting at most. */
  inFlight: number;
  maxBacklog: number;
  wanted?: string;
  /** How the receiver answers; default: 200 at once. */
  channel?: ChannelPlan;
  webhook?: { ordering?: 'conversation'; retryPolicy?: RetryPolicyInput };
}

export interface ThroughputMeasure {
  result: CaseResult;
  channels: ChannelReport[];
  deliveriesPerSecond: number;
}

export const CONVERSATIONS = 1_000;

/** Creates the webhooks, and measures. */
export async function measureThroughput(
  scene: Scene,
  plan: ThroughputPlan,
  window: Window,
): Promise<ThroughputMeasure> {
  for (let index = 0; index < plan.webhooks; index++) {
    await scene.createWebhook({ url: scene.receiver.urlOf(index), ...plan.webhook });
  }
  return measureExisting(scene, plan, window);
}

/** Measures with the webhooks that are there. */
export async function measureExisting(
  scene: Scene,
  plan: ThroughputPlan,
  window: Window,
): Promise<ThroughputMeasure> {
  const channel: ChannelPlan = plan.channel ?? { behaviour: { kind: 'ok' } };
  await scene.receiver.plan(Array.from({ length: plan.webhooks }, () => channel));
  await scene.beginLoad({
    event: 'message.sent',
    batchSize: plan.batchSize,
    webhooks: plan.webhooks,
    conversations: CONVERSATIONS,
    isOrdered: plan.webhook?.ordering === 'conversation',
    pace: { kind: 'closed', inFlight: plan.inFlight, maxBacklog: plan.maxBacklog },
  });
  const measure = await measureWindow(scene, window);
  const load = await scene.endLoad();
  await waitForArrivals(scene.receiver, load.acknowledged * plan.webhooks);
  const channels = await scene.receiver.report();
  const { deliveriesPerSecond, acceptedPerSecond, cpuSecondsPer1000 } = measure;
  return {
    channels,
    deliveriesPerSecond,
    result: {
      name: plan.name,
      figures: [
        {
          name: 'deliveries',
          value: deliveriesPerSecond,
          unit: '/s',
          hasLimits: true,
          ...(plan.wanted !== undefined && { wanted: plan.wanted }),
        },
        { name: 'events accepted', value: acceptedPerSecond, unit: '/s' },
        { name: 'largest backlog', value: load.largestBacklog, unit: 'deliveries' },
        { name: 'server memory at most', value: await scene.peakResidentMiB(), unit: 'MiB' },
      ],
      integrity: judgeArrivals(load, channels),
      cpuSecondsPer1000,
      notes: [],
    },
  };
}
