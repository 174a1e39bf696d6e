/** Lets a simulated IM server send messages to a source, and measures how it is answered. */
import type { CreateSourceRequest, Source } from '@im/contracts/api/sources';
import { createSimulator } from '@im/simulators/create-simulator';
import { untilIdle, type SimulatedKind, type Simulator } from '@im/simulators/simulator';
import type { TallyReport } from '@im/simulators/tally';
import { machineMs } from '@im/testbed/clock';
import type { Integrity } from '../report/case-result.js';
import { cpuSecondsPer1000, judgeArrivals, waitForArrivals, type Window } from './load-window.js';
import type { Scene } from './scene.js';

export interface SourceLoad {
  source: CreateSourceRequest;
  kind: SimulatedKind;
  version: string;
  /** Lets users of the simulated server act for that long. */
  drive: (simulator: Simulator, forMs: number) => Promise<void>;
}

export interface SourceMeasure {
  /** Of the measured window. */
  tally: TallyReport;
  messagesPerSecond: number;
  integrity: Integrity;
  cpuSecondsPer1000: Record<string, number>;
}

/** One webhook gets the messages, so that what was taken over is proven to have been delivered. */
export async function measureSource(scene: Scene, load: SourceLoad, window: Window): Promise<SourceMeasure> {
  await scene.receiver.plan([{ behaviour: { kind: 'ok' } }]);
  await scene.createWebhook({ url: scene.receiver.urlOf(0), events: ['message.sent'] });
  const url = await createSource(scene, load.source);
  const stored: number[] = [];
  const play = async (forMs: number, first: number): Promise<{ tally: TallyReport; messages: number }> => {
    let messages = 0;
    const simulator = createSimulator(load.kind, {
      url,
      version: load.version,
      contentOf: (serial) => {
        messages = serial + 1;
        // Both servers pass on what a client wrote; the receiver knows messages by this number.
        return { type: 1, content: '材料请提前发到群里。See you on Friday!', sequence: first + serial };
      },
      onStored: (serial) => stored.push(first + serial),
    });
    await load.drive(simulator, forMs);
    await untilIdle(simulator);
    simulator.close();
    return { tally: simulator.tally.report(), messages };
  };
  const warmUp = await play(window.warmUpMs, 0);
  const cpuBefore = await scene.cpuSeconds();
  const startedAtMs = machineMs();
  const { tally, messages } = await play(window.measuredMs, warmUp.messages);
  const seconds = (machineMs() - startedAtMs) / 1_000;
  const cpuAfter = await scene.cpuSeconds();
  await waitForArrivals(scene.receiver, stored.length);
  const isAcknowledged = new Uint8Array(warmUp.messages + messages);
  for (const sequence of stored) isAcknowledged[sequence] = 1;
  const answers = { acknowledged: stored.length, isAcknowledged, refusals: tally.refusals };
  return {
    tally,
    messagesPerSecond: messages / seconds,
    integrity: judgeArrivals(answers, await scene.receiver.report()),
    cpuSecondsPer1000: cpuSecondsPer1000(cpuBefore, cpuAfter, messages),
  };
}

/** @returns its address at this scene's server, whatever the public one is */
async function createSource(scene: Scene, body: CreateSourceRequest): Promise<string> {
  const { url } = await scene.api.call<Source>('POST', `/apps/${scene.appKey}/sources`, body);
  return `${scene.deployment.apiUrl}${new URL(url).pathname}`;
}
