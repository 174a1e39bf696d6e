/** Starts and controls a receiver's process. */
import { PeerProcess } from '@im/testbed/peer-process';
import type { Arrival, Behaviour, ReceiverCommands } from './receiver-commands.js';

const ARRIVALS_PER_CALL = 20_000;

export class Receiver {
  private port = 0;

  private constructor(private readonly peer: PeerProcess<ReceiverCommands>) {}

  /** Listening already, without channels. */
  static async start(name: string): Promise<Receiver> {
    const script = new URL('receiver.process.js', import.meta.url);
    const receiver = new Receiver(await PeerProcess.start(name, script));
    await receiver.listen();
    return receiver;
  }

  urlOf(channel: number): string {
    return `http://127.0.0.1:${String(this.port)}/${String(channel)}`;
  }

  async open(channels: number): Promise<void> {
    await this.peer.call('open', { channels });
  }

  async behave(channel: number, behaviour: Behaviour): Promise<void> {
    await this.peer.call('behave', { channel, behaviour });
  }

  async listen(): Promise<void> {
    this.port = await this.peer.call('listen', null);
  }

  async refuse(): Promise<void> {
    await this.peer.call('refuse', null);
  }

  count(): Promise<number> {
    return this.peer.call('count', null);
  }

  async arrivals(): Promise<Arrival[]> {
    const all: Arrival[] = [];
    for (;;) {
      const part = await this.peer.call('arrivals', { from: all.length, limit: ARRIVALS_PER_CALL });
      all.push(...part);
      if (part.length < ARRIVALS_PER_CALL) return all;
    }
  }

  stop(): Promise<void> {
    return this.peer.stop();
  }
}
