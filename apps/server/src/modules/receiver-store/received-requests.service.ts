/** Sets what a test receiver answers, and keeps what it got: a day at most. */
import { Injectable } from '@nestjs/common';
import { TEST_RECEIVER_KEPT_HOURS, type TestReceiverMode } from '@im/contracts/api/test-receiver-constants';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Clock } from '../../platform/clock/clock.js';
import { ReceivedRequestsRepository } from './data/received-requests.repository.js';
import { ReceiversRepository } from './data/receivers.repository.js';
import type { ReceivedRequest, ReceiverRow, TakenRequest } from './receiver.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class ReceivedRequestsService {
  constructor(
    private readonly receivers: ReceiversRepository,
    private readonly requests: ReceivedRequestsRepository,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    tasks.repeat({ failureEvent: 'test_receiver.purge_failed', delayMs: HOUR_MS, run: () => this.purge() });
  }

  find(appId: string): Promise<ReceiverRow | undefined> {
    return this.receivers.find(appId);
  }

  /** @returns false: there is none */
  setMode(appId: string, mode: TestReceiverMode): Promise<boolean> {
    return this.receivers.setMode(appId, mode);
  }

  /** @returns undefined: there is no receiver */
  take(appId: string): Promise<TakenRequest | undefined> {
    return this.receivers.take(appId);
  }

  record(appId: string, taken: TakenRequest, request: ReceivedRequest): Promise<void> {
    return this.requests.record(appId, taken.number, request);
  }

  list(appId: string): Promise<ReceivedRequest[]> {
    return this.requests.list(appId, this.oldest());
  }

  async purge(): Promise<void> {
    await this.requests.removeBefore(this.oldest());
    await this.receivers.removeOfDeletedApps();
  }

  private oldest(): Date {
    return new Date(this.clock.nowMs() - TEST_RECEIVER_KEPT_HOURS * HOUR_MS);
  }
}
