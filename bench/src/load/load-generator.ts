/** Starts and controls the load generator's process. */
import { PeerProcess } from '@im/testbed/peer-process';
import type { LoadCommands, LoadPlan, LoadProgress, LoadReport } from './load-commands.js';

export class LoadGenerator {
  private constructor(private readonly peer: PeerProcess<LoadCommands>) {}

  static async start(): Promise<LoadGenerator> {
    return new LoadGenerator(
      await PeerProcess.start('load generator', new URL('load-generator.process.js', import.meta.url)),
    );
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
