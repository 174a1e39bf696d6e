/**
 * The safety net under the queue: finds rows that are due but whose hint was lost, and hints again.
 * It heals a crash between commit and enqueue, an emptied or restarted Redis, and a worker that died mid-attempt.
 */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logging/logger.js';
import { DeliveryStatesRepository, type SweepCursor } from './data/delivery-states.repository.js';
import { DeliveryQueue } from './delivery.queue.js';

const INTERVAL_MS = 1_000;
/** A hint needs this long at most while everything is well. */
const GRACE_MS = 3_000;
const ROWS_PER_SWEEP = 1_000;

@Injectable()
export class SweepOverdueService {
  private timer: NodeJS.Timeout | undefined;
  private cursor: SweepCursor | null = null;
  private sweeping: Promise<void> | null = null;

  constructor(
    private readonly states: DeliveryStatesRepository,
    private readonly queue: DeliveryQueue,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => {
        this.sweeping = null;
      });
    }, INTERVAL_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      const due = new Date(this.clock.nowMs() - GRACE_MS);
      const rows = await this.states.overdue(due, ROWS_PER_SWEEP, this.cursor);
      // The cursor walks through a long backlog and starts over at its end, so that no row is looked at in vain for ever.
      const last = rows.length === ROWS_PER_SWEEP ? rows.at(-1) : undefined;
      this.cursor = last ?? null;
      this.queue.enqueue(
        rows.map(({ deliveryId, attempts }) => ({ deliveryId, attempt: attempts + 1, delayMs: 0 })),
      );
    } catch (error) {
      this.logger.error('sweep.failed', error);
    }
  }
}
