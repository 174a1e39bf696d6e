/** Starts and controls the receiver's process. */
import { PeerProcess } from '@im/testbed/peer-process';
import type { ChannelPlan, ChannelReport, ReceiverCommands, ReceiverProgress } from './receiver-commands.js';

export class Receiver {
  private port = 0;

  private constructor(private readonly peer: PeerProcess<ReceiverCommands>) {}

  /** Listening already, without channels. */
  static async start(): Promise<Receiver> {
    const receiver = new Receiver(
      await PeerProcess.start('receiver', new URL('receiver.process.js', import.meta.url)),
    );
    await receiver.listen();
    return receiver;
  }

  get pid(): number {
    return this.peer.pid;
  }

  /** @param channel the index of its plan */
  urlOf(channel: number): string {
    return `http://127.0.0.1:${String(this.port)}/${String(channel)}`;
  }

  async plan(channels: ChannelPlan[]): Promise<void> {
    await this.peer.call('plan', channels);
  }

  async listen(): Promise<void> {
    this.port = await this.peer.call('listen', null);
  }

  async refuse(): Promise<void> {
    await this.peer.call('refuse', null);
  }

  progress(): Promise<ReceiverProgress> {
    return this.peer.call('progress', null);
  }

  report(): Promise<ChannelReport[]> {
    return this.peer.call('report', null);
  }

  stop(): Promise<void> {
    return this.peer.stop();
  }
}
