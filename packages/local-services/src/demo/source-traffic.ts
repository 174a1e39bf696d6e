/** Plays the IM servers of the demo's sources: one message of each at the beginning, then one of them every few seconds. */
import { setTimeout as delay } from 'node:timers/promises';
import { createSimulator } from '@im/simulators/create-simulator';
import type { Simulator } from '@im/simulators/simulator';
import type { DemoSource } from './demo-sources.js';

const EVERY_MS = 15_000;
/** The fourth is written to a group. */
const FIRST_MESSAGES = 4;

export class SourceTraffic {
  private readonly simulators: readonly Simulator[];

  constructor(sources: readonly DemoSource[]) {
    this.simulators = sources.map(({ simulated, url }) => createSimulator(simulated, { url }));
  }

  async sendFirst(): Promise<void> {
    for (const simulator of this.simulators) {
      for (let message = 0; message < FIRST_MESSAGES; message++) await simulator.act();
    }
  }

  /** Goes on until it is aborted; what is sent while the server restarts is lost, as with real ones. */
  async trickle(signal: AbortSignal): Promise<void> {
    const pause = () => delay(EVERY_MS, true, { signal }).catch(() => false);
    for (let turn = 0; await pause(); turn++) {
      await this.simulators[turn % this.simulators.length]?.act();
    }
    for (const simulator of this.simulators) simulator.close();
  }
}
