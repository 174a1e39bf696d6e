/** Bull on Redis. The queue is a hint: everything in it can be lost and is found again from the rows. */
import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { redisOptionsOf } from './redis-connection.js';

/** Keys of ours in Redis begin with this. */
const KEY_PREFIX = 'imc';

/** How soon jobs of a killed worker are taken over. Renewed at half time, so a busy event loop does not lose its jobs. */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;

@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [ENV],
      useFactory: (env: Env) => ({
        redis: redisOptionsOf(env.REDIS_URL),
        prefix: KEY_PREFIX,
        settings: { lockDuration: LOCK_MS, stalledInterval: STALLED_CHECK_MS, maxStalledCount: 1_000 },
      }),
    }),
  ],
})
export class QueueModule {}
