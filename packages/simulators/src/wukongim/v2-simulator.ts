/**
 * Plays WuKongIM v2: one loop sends msg.notify in batches and a failed batch again, mixed with newer messages; msg.offline
 * goes out once for each message at once; changes of statuses go out every two seconds.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Simulator } from '../simulator.js';
import { Tally } from '../tally.js';
import { Statuses } from './statuses.js';
import { MessageFactory, notifyBody, offlineBodies, type WukongimMessage } from './wukongim-messages.js';
import {
  GROUP_MEMBERS,
  OWN_RHYTHM,
  STATUS_EVERY,
  type WukongimOptions,
  type WukongimRhythm,
} from './wukongim-options.js';
import { WukongimWire } from './wukongim-wire.js';

const BATCH = 100;
const TRIES = 5;
/** Its disk holds more; that is long enough for a simulation. */
const MOST_WAITING = 100_000;

interface Failing {
  message: WukongimMessage;
  failures: number;
}

export class WukongimV2Simulator implements Simulator {
  readonly tally = new Tally();
  readonly beforeTally = new Tally();
  private readonly waiting: Failing[] = [];
  private readonly statuses = new Statuses();
  private readonly rhythm: WukongimRhythm;
  private readonly factory: MessageFactory;
  private readonly wire: WukongimWire;
  private readonly closing = new AbortController();
  private changes: string[] = [];
  private underway = 0;
  private isTick = false;
  private enough = Promise.withResolvers<undefined>();

  constructor(private readonly options: WukongimOptions) {
    const { contentOf, groupMembers = GROUP_MEMBERS } = options;
    this.rhythm = { ...OWN_RHYTHM, ...options.rhythm };
    this.factory = new MessageFactory({ version: 'v2', groupMembers, contentOf });
    this.wire = new WukongimWire(options.url, 'v2', this.tally);
    void this.notifyForEver();
    void this.reportForEver();
  }

  get isIdle(): boolean {
    return this.underway === 0 && this.waiting.length === 0 && this.changes.length === 0;
  }

  act(): Promise<void> {
    const message = this.factory.make();
    if (this.waiting.length < MOST_WAITING) this.waiting.push({ message, failures: 0 });
    else this.tally.dropped += 1;
    if (this.waiting.length >= BATCH) this.enough.resolve(undefined);
    for (const body of offlineBodies(message, 'v2')) void this.offline(body);
    if (message.serial % STATUS_EVERY === 0) this.changes.push(this.statuses.change(message.serial));
    return Promise.resolve();
  }

  close(): void {
    this.closing.abort();
    this.waiting.length = 0;
    this.changes = [];
    this.wire.close();
  }

  private async offline(body: Buffer): Promise<void> {
    await this.whileUnderway(async () => {
      if (!(await this.wire.post('msg.offline', body))) this.tally.dropped += 1;
    });
  }

  private async notifyForEver(): Promise<void> {
    while (await this.pause(this.rhythm.notifyEveryMs, this.enough.promise)) {
      this.enough = Promise.withResolvers();
      this.isTick = true;
      while (this.isDue) {
        if (await this.whileUnderway(() => this.notify(this.waiting.splice(0, BATCH)))) this.isTick = false;
        else if (!(await this.pause(this.rhythm.retryAfterMs))) return;
      }
    }
  }

  /** The rest of a burst, less than a batch, waits for the next turn. */
  private get isDue(): boolean {
    const [first] = this.waiting;
    return first !== undefined && (this.isTick || first.failures > 0 || this.waiting.length >= BATCH);
  }

  /** @returns whether it was taken; what may be tried again stands in front of everything newer */
  private async notify(batch: Failing[]): Promise<boolean> {
    if (batch.some(({ failures }) => failures > 0)) this.tally.retried += 1;
    if (await this.wire.post('msg.notify', notifyBody(batch.map(({ message }) => message)))) {
      for (const { message } of batch) this.options.onStored?.(message.serial);
      return true;
    }
    const again = batch
      .map(({ message, failures }) => ({ message, failures: failures + 1 }))
      .filter(({ failures }) => failures < TRIES);
    this.tally.dropped += batch.length - again.length;
    if (!this.closing.signal.aborted) this.waiting.unshift(...again);
    return false;
  }

  private async reportForEver(): Promise<void> {
    while (await this.pause(this.rhythm.statusEveryMs)) {
      if (this.changes.length > 0) await this.whileUnderway(() => this.report(this.changes));
    }
  }

  private async report(changes: string[]): Promise<void> {
    this.changes = [];
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (await this.wire.post('user.onlinestatus', Buffer.from(JSON.stringify(changes)))) return;
      if (attempt === TRIES || !(await this.pause(this.rhythm.retryAfterMs))) break;
      this.tally.retried += 1;
    }
    this.tally.dropped += changes.length;
  }

  private async whileUnderway<T>(work: () => Promise<T>): Promise<T> {
    this.underway += 1;
    try {
      return await work();
    } finally {
      this.underway -= 1;
    }
  }

  /** @returns false once it is closed */
  private async pause(forMs: number, orUntil?: Promise<undefined>): Promise<boolean> {
    const over = new AbortController();
    const signal = AbortSignal.any([this.closing.signal, over.signal]);
    const timer = delay(forMs, undefined, { signal }).catch(() => undefined);
    await (orUntil ? Promise.race([timer, orUntil]) : timer);
    over.abort();
    return !this.closing.signal.aborted;
  }
}
