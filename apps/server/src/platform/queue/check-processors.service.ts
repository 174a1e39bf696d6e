import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HintQueues } from './hint-queues.js';

/** Refuses to start a worker that leaves a queue without a processor. In the root module, whose hooks come last. */
@Injectable()
export class CheckProcessorsService implements OnApplicationBootstrap {
  constructor(private readonly queues: HintQueues) {}

  /** @throws Error when a queue has no processor */
  onApplicationBootstrap(): void {
    this.queues.assertAllProcessed();
  }
}
