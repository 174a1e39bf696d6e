/** Wires Bull on Redis. Everything in a queue is a hint: it can be lost and is found again from the rows. */
import { BullModule } from '@nestjs/bull';
import { Global, Module } from '@nestjs/common';
import { HintQueues } from './hint-queues.js';
import { KEY_PREFIX, RedisConnections } from './redis-connections.js';

/** How soon jobs of a killed worker are taken over. Renewed at half of it, so a busy worker does not lose its jobs. */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;

/** Global modules end last, so the queues have ended when their connections do. */
@Global()
@Module({ providers: [RedisConnections, HintQueues], exports: [RedisConnections, HintQueues] })
class RedisModule {}

@Module({
  imports: [
    RedisModule,
    BullModule.forRootAsync({
      inject: [RedisConnections],
      useFactory: (connections: RedisConnections) => ({
        createClient: (type) => connectionFor(type, connections),
        prefix: KEY_PREFIX,
        settings: { lockDuration: LOCK_MS, stalledInterval: STALLED_CHECK_MS, maxStalledCount: 1_000 },
      }),
    }),
  ],
})
export class QueueModule {}

function connectionFor(type: 'client' | 'subscriber' | 'bclient', connections: RedisConnections) {
  switch (type) {
    case 'client':
      return connections.commands;
    case 'subscriber':
      return connections.subscriber;
    case 'bclient':
      return connections.openBlocking();
  }
}
