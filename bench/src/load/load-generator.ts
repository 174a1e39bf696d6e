/** The load generator's process, seen from here. */
import { PeerProcess } from '../testbed/peer-process.js';
import type { LoadCommands, LoadPlan, LoadProgress, LoadReport } from './load-commands.js';

export class LoadGenerator {
  private constructor(private readonly peer: PeerProcess<LoadCommands>) {}

  static async start(): Promise<LoadGenerator> {
    return new LoadGenerator(await PeerProcess.start('load generator', 'load/load-generator.process.js'));
  }

  get pid(): number {
    return this.peer.pid;
  }

  async begin(plan: LoadPlan): Promise<void> {
    await this.peer.call('start', plan);
  }

  async noteArrived(arrived: number): Promise<void> {
    await this.peer.call('noteArrived', arrived);
  }

  progress(): Promise<LoadProgress> {
    return this.peer.call('progress', null);
  }

  finish(): Promise<LoadReport> {
    return this.peer.call('finish', null);
  }

  stop(): Promise<void> {
    return this.peer.stop();
  }
}
