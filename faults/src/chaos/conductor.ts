/** Makes the plan happen: each fault at its time, several at once, and everything well again at the end. */
import { setTimeout as delay } from 'node:timers/promises';
import { describeFault, type Fault } from '../plan/fault.js';
import type { Receiver } from '../receiver/receiver.js';
import type { ServerKeeper } from './server-keeper.js';
import type { ServiceFaults } from './service-faults.js';
import type { Timeline } from './timeline.js';

export interface Stage {
  keeper: ServerKeeper;
  services: ServiceFaults;
  receivers: readonly Receiver[];
  /** Which receiver has a channel. */
  receiverOf: (channel: number) => Receiver;
  timeline: Timeline;
}

/** Resolves when every fault of the plan is over. */
export async function conduct(plan: readonly Fault[], stage: Stage): Promise<void> {
  await Promise.all(
    plan.map(async (fault) => {
      await delay(Math.max(0, fault.atMs - stage.timeline.elapsedMs));
      stage.timeline.note(describe(fault, stage));
      await stage.timeline.during(fault.on, () => inflict(fault, stage));
    }),
  );
}

async function inflict(fault: Fault, { keeper, services, receivers, receiverOf }: Stage): Promise<void> {
  switch (fault.on) {
    case 'server':
      await keeper[fault.what](fault.slot, fault.forMs);
      return;
    case 'clock':
      keeper.stepClock(fault.slot, fault.byMs);
      return;
    case 'redis':
      await services.redis(fault.what, fault.forMs);
      return;
    case 'postgres':
      await services.postgres(fault.what, fault.forMs);
      return;
    case 'receiver':
      await receivers[fault.receiver]?.refuse();
      await delay(fault.forMs);
      await receivers[fault.receiver]?.listen();
      return;
    case 'channel':
      await receiverOf(fault.channel).behave(fault.channel, fault.what);
      await delay(fault.forMs);
      await receiverOf(fault.channel).behave(fault.channel, 'ok');
  }
}

function describe(fault: Fault, { keeper }: Stage): string {
  const text = describeFault(fault);
  return fault.on === 'server' || fault.on === 'clock'
    ? text.replace(/^process \d+/, keeper.nameOf(fault.slot))
    : text;
}
