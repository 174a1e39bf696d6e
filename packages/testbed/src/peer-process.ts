/** Runs a program in a separate Node process, so that it does not slow down the measuring one. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { PeerChannel, type Commands } from './peer-channel.js';

export class PeerProcess<C extends Commands<C>> {
  private readonly channel: PeerChannel<C>;

  private constructor(
    private readonly child: ChildProcess,
    readonly name: string,
  ) {
    this.channel = new PeerChannel(child, name);
  }

  /** @param script the built file */
  static async start<C extends Commands<C>>(name: string, script: URL): Promise<PeerProcess<C>> {
    const child = fork(script, [], { serialization: 'advanced' });
    await once(child, 'spawn');
    return new PeerProcess<C>(child, name);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  call<K extends keyof C & string>(command: K, input: C[K]['input']): Promise<C[K]['output']> {
    return this.channel.call(command, input);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}
