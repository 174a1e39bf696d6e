/** Runs the plan: each fault at its time, several at once, and everything repaired at the end. */
import { setTimeout as delay } from 'node:timers/promises';
import { describeFault, type Fault } from '../plan/fault.js';
import type { Receiver } from '../receiver/receiver.js';
import type { ServerSupervisor } from './server-supervisor.js';
import type { ServiceFaults } from './service-faults.js';
import type { Timeline } from './timeline.js';

export interface Stage {
  supervisor: ServerSupervisor;
  services: ServiceFaults;
  receivers: readonly Receiver[];
  /** The receiver of a channel. */
  receiverOf: (channel: number) => Receiver;
  timeline: Timeline;
}

/** Resolves when every fault of the plan is over. */
export async function conduct(plan: readonly Fault[], stage: Stage): Promise<void> {
  const underWay = new Map<string, Promise<void>>();
  for (const fault of plan) {
    const victim = victimOf(fault);
    underWay.set(victim, inflictInTime(fault, underWay.get(victim), stage));
  }
  await Promise.all(underWay.values());
}

/** @param before the fault of the same victim, which may take longer to come back than the plan knows */
async function inflictInTime(fault: Fault, before: Promise<void> | undefined, stage: Stage): Promise<void> {
  await before;
  await delay(Math.max(0, fault.atMs - stage.timeline.elapsedMs));
  stage.timeline.note(describe(fault, stage));
  await stage.timeline.during(fault.on, () => inflict(fault, stage));
}

function victimOf(fault: Fault): string {
  switch (fault.on) {
    case 'server':
    case 'clock':
      return `${fault.on} ${String(fault.slot)}`;
    case 'receiver':
      return `receiver ${String(fault.receiver)}`;
    case 'channel':
      return `channel ${String(fault.channel)}`;
    case 'redis':
    case 'postgres':
      return fault.on;
  }
}

async function inflict(fault: Fault, { supervisor, services, receivers, receiverOf }: Stage): Promise<void> {
  switch (fault.on) {
    case 'server':
      await supervisor[fault.what](fault.slot, fault.forMs);
      return;
    case 'clock':
      supervisor.stepClock(fault.slot, fault.byMs);
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

function describe(fault: Fault, { supervisor }: Stage): string {
  const text = describeFault(fault);
  return fault.on === 'server' || fault.on === 'clock'
    ? text.replace(/^process \d+/, supervisor.nameOf(fault.slot))
    : text;
}
