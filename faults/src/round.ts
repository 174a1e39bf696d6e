/** Runs one round: a fresh deployment under load with the faults of the plan, and the judgement afterwards. */
import { setTimeout as delay } from 'node:timers/promises';
import { Deployment } from '@im/testbed/deployment';
import type { ServerRole } from '@im/testbed/server-process';
import type { Services } from '@im/testbed/services';
import { conduct } from './chaos/conductor.js';
import { ServerSupervisor } from './chaos/server-supervisor.js';
import { ServiceFaults } from './chaos/service-faults.js';
import { Timeline } from './chaos/timeline.js';
import { gatherEvidence } from './ledger/gather-evidence.js';
import { untilDrained } from './ledger/until-drained.js';
import type { Topology } from './plan/fault.js';
import { planFaults } from './plan/plan-faults.js';
import { Random } from './random.js';
import { Receiver } from './receiver/receiver.js';
import { judge, type Judgement } from './report/judge.js';
import { CHANNELS, RECEIVERS } from './scene/channels.js';
import { resumeAll, setUpScene, startLoad, type Scene } from './scene/scene.js';

const ROLES: Readonly<Record<Topology, readonly ServerRole[]>> = {
  split: ['api', 'api', 'worker', 'worker'],
  all: ['all', 'all'],
};

export interface RoundOptions {
  seed: number;
  topology: Topology;
  /** How long things go wrong. */
  durationMs: number;
  eventsPerSecond: number;
  /** Gets what happens, line by line. */
  onProgress: (line: string) => void;
}

const RESUME_EVERY_MS = 5_000;

export async function runRound(services: Services, options: RoundOptions): Promise<Judgement> {
  const { topology, onProgress } = options;
  const timeline = new Timeline(onProgress);
  const opened: (() => Promise<void>)[] = [];
  try {
    const receivers: Receiver[] = [];
    for (let index = 0; index < RECEIVERS; index += 1) {
      const receiver = await Receiver.start(`receiver ${String(index)}`);
      opened.unshift(() => receiver.stop());
      await receiver.open(CHANNELS.length);
      receivers.push(receiver);
    }
    const hook = new URL('chaos/clock-hook.js', import.meta.url).href;
    const nodeArguments = (): string[] => ['--import', hook];
    const deployment = await Deployment.start(services, { roles: [], nodeArguments });
    opened.unshift(() => deployment.remove());
    const supervisor = await ServerSupervisor.start(deployment, ROLES[topology], timeline);
    opened.unshift(() => supervisor.stop());
    const scene = await setUpScene(supervisor.apiUrls[0] ?? '', deployment.admin, receivers);
    timeline.note('everything is up');
    return await runPlan({ services, deployment, supervisor, receivers, scene, timeline, options });
  } finally {
    for (const close of opened) await close();
  }
}

interface Play {
  services: Services;
  deployment: Deployment;
  supervisor: ServerSupervisor;
  receivers: Receiver[];
  scene: Scene;
  timeline: Timeline;
  options: RoundOptions;
}

async function runPlan(play: Play): Promise<Judgement> {
  const { services, deployment, supervisor, receivers, scene, timeline, options } = play;
  const { seed, durationMs, eventsPerSecond } = options;
  const random = (purpose: string): Random => new Random(seed, purpose);
  const load = startLoad(scene, eventsPerSecond, random, () => supervisor.apiUrls);
  const faults = new ServiceFaults(services);
  const size = { slots: ROLES[options.topology].length, receivers: RECEIVERS, channels: CHANNELS.length };
  const receiverOf = (channel: number): Receiver => {
    const receiver = receivers[CHANNELS[channel]?.receiver ?? -1];
    if (!receiver) throw new Error(`There is no channel ${String(channel)}`);
    return receiver;
  };
  timeline.restart();
  const resuming = new AbortController();
  const resumed = resumeNowAndThen(play, resuming.signal);
  const stage = { supervisor, services: faults, receivers, receiverOf, timeline };
  try {
    await conduct(planFaults({ seed, durationMs, ...size }), stage);
    timeline.note('all faults are over');
  } finally {
    resuming.abort();
    await resumed;
    await supervisor.untilAllReady();
    await load.stop();
  }
  timeline.note(`${String(load.ledger.length)} events were posted; waiting until all have arrived`);
  await resumeAll(supervisor.apiUrls[0] ?? '', deployment.admin, scene.webhooks);
  const isDrained = await untilDrained(deployment.databaseUrl, receivers);
  timeline.note(isDrained ? 'everything has arrived' : 'nothing moves any more');
  return judge(await gatherEvidence({ ...play, load }), { ...play, load });
}

/** Closes breakers now and then, like a person; otherwise stopped webhooks would have no faults. */
async function resumeNowAndThen({ supervisor, deployment, scene }: Play, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(RESUME_EVERY_MS, undefined, { signal }).catch(() => undefined);
    // The API may be away at this moment.
    for (const url of supervisor.apiUrls)
      await resumeAll(url, deployment.admin, scene.webhooks).catch(() => undefined);
  }
}
