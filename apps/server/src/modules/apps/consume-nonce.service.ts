import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Batcher } from '../../platform/batching/batcher.js';
import { Clock } from '../../platform/clock/clock.js';
import { UsedNoncesRepository, type UsedNonce } from './data/used-nonces.repository.js';

/** Twice the tolerance of timestamps: a replay is too old before its nonce expires. */
const REMEMBERED_MS = 600_000;
const CLEANUP_INTERVAL_MS = 3_600_000;

/** Accepts each signed request once; concurrent requests share one commit. */
@Injectable()
export class ConsumeNonceService {
  private readonly batcher: Batcher<UsedNonce, boolean>;

  constructor(
    private readonly nonces: UsedNoncesRepository,
    private readonly clock: Clock,
    background: BackgroundTasks,
  ) {
    this.batcher = new Batcher({ maxItems: 500, concurrency: 2, run: (batch) => this.consumeAll(batch) });
    background.repeat({
      failureEvent: 'nonces.cleanup_failed',
      delayMs: CLEANUP_INTERVAL_MS,
      run: () => this.nonces.removeExpired(this.clock.now()),
    });
  }

  /** @returns whether the nonce was new */
  consume(appId: string, nonce: string): Promise<boolean> {
    return this.batcher.add({ appId, nonce });
  }

  private async consumeAll(batch: UsedNonce[]): Promise<boolean[]> {
    const distinct = new Map(batch.map((entry) => [keyOf(entry), entry]));
    const expiresAt = new Date(this.clock.nowMs() + REMEMBERED_MS);
    const inserted = await this.nonces.insertNew([...distinct.values()], this.clock.now(), expiresAt);
    const isNew = new Set(inserted.map(keyOf));
    // Of equal nonces in a batch only the first is new.
    return batch.map((entry) => isNew.delete(keyOf(entry)));
  }
}

function keyOf({ appId, nonce }: UsedNonce): string {
  return `${appId} ${nonce}`;
}
