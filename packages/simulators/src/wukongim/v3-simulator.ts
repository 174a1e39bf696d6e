/** Plays WuKongIM v3: batches, sixteen workers, three tries within milliseconds, then it is lost. */
import type { Simulator } from '../simulator.js';
import { Tally } from '../tally.js';
import { TaskPool } from '../task-pool.js';
import { Batch } from './batch.js';
import { Statuses } from './statuses.js';
import { MessageFactory, notifyBody, offlineBodies, type WukongimMessage } from './wukongim-messages.js';
import { GROUP_MEMBERS, OWN_RHYTHM, STATUS_EVERY, type WukongimOptions } from './wukongim-options.js';
import { WukongimWire, type WukongimEvent } from './wukongim-wire.js';

const WORKERS = 16;
/** As our snippet sets `queue_size`; with its default of 1,024 bursts of msg.offline are lost before they are sent. */
const QUEUE_SIZE = 65_536;
const TRIES = 3;
const NOTIFY_ITEMS = 100;
const STATUS_ITEMS = 512;

export class WukongimV3Simulator implements Simulator {
  readonly tally = new Tally();
  readonly beforeTally = new Tally();
  private readonly pool = new TaskPool({ workers: WORKERS, capacity: QUEUE_SIZE, patienceMs: 0 });
  private readonly notifies: Batch<WukongimMessage>;
  private readonly changes: Batch<string>;
  private readonly statuses = new Statuses();
  private readonly factory: MessageFactory;
  private readonly wire: WukongimWire;

  constructor(private readonly options: WukongimOptions) {
    const { contentOf, groupMembers = GROUP_MEMBERS } = options;
    this.factory = new MessageFactory({ version: 'v3', groupMembers, contentOf });
    this.wire = new WukongimWire(options.url, 'v3', this.tally);
    const { notifyEveryMs, statusEveryMs } = { ...OWN_RHYTHM, ...options.rhythm };
    this.notifies = new Batch({ maxItems: NOTIFY_ITEMS, maxWaitMs: notifyEveryMs }, (messages) =>
      this.notify(messages),
    );
    this.changes = new Batch({ maxItems: STATUS_ITEMS, maxWaitMs: statusEveryMs }, (changes) =>
      this.enqueue('user.onlinestatus', Buffer.from(JSON.stringify(changes)), changes.length),
    );
  }

  get isIdle(): boolean {
    return this.notifies.isEmpty && this.changes.isEmpty && this.pool.isIdle;
  }

  act(): Promise<void> {
    const message = this.factory.make();
    this.notifies.add(message);
    for (const body of offlineBodies(message, 'v3')) this.enqueue('msg.offline', body, 1);
    if (message.serial % STATUS_EVERY === 0) this.changes.add(this.statuses.change(message.serial));
    return Promise.resolve();
  }

  close(): void {
    this.notifies.clear();
    this.changes.clear();
    this.pool.clear();
    this.wire.close();
  }

  private notify(messages: WukongimMessage[]): void {
    this.enqueue('msg.notify', notifyBody(messages), messages.length, () => {
      for (const { serial } of messages) this.options.onStored?.(serial);
    });
  }

  /** @param items in the body, which are lost with it */
  private enqueue(event: WukongimEvent, body: Buffer, items: number, onTaken?: () => void): void {
    const lose = (): void => void (this.tally.dropped += items);
    const task = async (): Promise<void> => {
      if (await this.tryThrice(event, body)) onTaken?.();
      else lose();
    };
    void this.pool.push(task).then((isQueued) => {
      if (!isQueued) lose();
    });
  }

  /** The same bytes each time, at once. */
  private async tryThrice(event: WukongimEvent, body: Buffer): Promise<boolean> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (attempt > 1) this.tally.retried += 1;
      if (await this.wire.post(event, body)) return true;
    }
    return false;
  }
}
