/**
 * Tells other processes over Redis that a tunnel has a request, or a request its answer. Hints only: who waits reads the
 * rows periodically too.
 */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { KEY_PREFIX, RedisConnections } from '../../platform/queue/redis-connections.js';

const CHANNEL = `${KEY_PREFIX}:tunnels`;

type HintKind = 'request' | 'answer';

@Injectable()
export class TunnelHints implements OnApplicationBootstrap {
  private readonly listeners = new Map<HintKind, (id: string) => void>();

  constructor(private readonly redis: RedisConnections) {}

  onApplicationBootstrap(): void {
    if (this.listeners.size === 0) return;
    const { subscriber } = this.redis;
    subscriber.on('message', (channel: string, message: string) => {
      if (channel !== CHANNEL) return;
      const [kind = '', id = ''] = message.split(' ');
      this.listeners.get(kind as HintKind)?.(id);
    });
    // Without Redis it waits for its return.
    subscriber.subscribe(CHANNEL).catch(() => undefined);
  }

  /** Call it before the modules are ready. @param listener gets the id of the tunnel, or of the request */
  listen(kind: HintKind, listener: (id: string) => void): void {
    this.listeners.set(kind, listener);
  }

  send(kind: HintKind, id: string): void {
    if (this.redis.isReady) this.redis.commands.publish(CHANNEL, `${kind} ${id}`).catch(() => undefined);
  }
}
