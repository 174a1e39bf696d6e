/** Runs a load: decides what to send when, and records it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchItemResult, IngestedBatch } from '@im/contracts/api/events';
import { machineMs } from '@im/testbed/clock';
import { quantile } from '../report/quantile.js';
import type { LoadPlan, LoadProgress, LoadReport } from './load-commands.js';
import { LeanPoster, type PostAnswer } from './lean-poster.js';
import { sampleEvent } from './sample-event.js';
import { spreadOver, type SpreadTarget } from './spread.js';

/** The open pace sends everything due, then sleeps; a timer's own resolution. */
const TICK_MS = 1;
/** More requests at once than an open pace ever needs while the service keeps up. */
const OPEN_CONNECTIONS = 256;
/** Events of one conversation in a row when order is watched. */
const BURST = 10;

export class LoadRun {
  private readonly poster: LeanPoster;
  private readonly acknowledgedSequences: number[] = [];
  private readonly plannedAtMs: number[] = [];
  private readonly latenessMs: number[] = [];
  private readonly refusals: Record<string, number> = {};
  private readonly underway = new Set<Promise<void>>();
  private readonly done: Promise<void>;
  private isStopping = false;
  private isFinished = false;
  private issued = 0;
  private refused = 0;
  private arrived = 0;
  private largestBacklog = 0;
  private readonly targetOf: ((sequence: number) => SpreadTarget) | null;
  private roomAgain = Promise.withResolvers<undefined>();

  constructor(private readonly plan: LoadPlan) {
    this.targetOf = plan.spread ? spreadOver(plan.spread) : null;
    const connections = plan.pace.kind === 'closed' ? plan.pace.inFlight : OPEN_CONNECTIONS;
    this.poster = new LeanPoster({
      origin: plan.apiUrl,
      path: plan.batchSize > 1 ? `${pathOf(plan.appKey)}/batch` : pathOf(plan.appKey),
      headers: { authorization: `Bearer ${plan.token}` },
      connections,
    });
    this.done = this.run();
  }

  noteArrived(arrived: number): void {
    this.arrived = arrived;
    const backlog = this.acknowledgedSequences.length * this.plan.webhooks - arrived;
    this.largestBacklog = Math.max(this.largestBacklog, backlog);
    this.roomAgain.resolve(undefined);
    this.roomAgain = Promise.withResolvers<undefined>();
  }

  progress(): LoadProgress {
    const { issued, largestBacklog, isFinished } = this;
    const acknowledged = this.acknowledgedSequences.length;
    return { issued, acknowledged, largestBacklog, isFinished, atMs: machineMs() };
  }

  async finish(): Promise<LoadReport> {
    this.isStopping = true;
    this.roomAgain.resolve(undefined);
    await this.done;
    const highest = this.acknowledgedSequences.reduce((most, sequence) => Math.max(most, sequence), -1);
    const isAcknowledged = new Uint8Array(highest + 1);
    for (const sequence of this.acknowledgedSequences) isAcknowledged[sequence] = 1;
    return {
      ...this.progress(),
      isAcknowledged,
      plannedAtMs: Float64Array.from(this.plannedAtMs),
      lateness: { p50Ms: quantile(this.latenessMs, 0.5), p99Ms: quantile(this.latenessMs, 0.99) },
      refusals: this.refusals,
    };
  }

  private async run(): Promise<void> {
    const { pace } = this.plan;
    if (pace.kind === 'open') await this.sendBySchedule(pace.eventsPerSecond);
    else {
      const lanes = Array.from({ length: pace.inFlight }, (_, lane) => this.sendInLane(lane, pace));
      await Promise.all(lanes);
    }
    await Promise.all(this.underway);
    await this.poster.close();
    this.isFinished = true;
  }

  private async sendBySchedule(eventsPerSecond: number): Promise<void> {
    const startedAtMs = machineMs();
    while (!this.hasEnough()) {
      const now = machineMs();
      for (;;) {
        const plannedAt = startedAtMs + (this.issued * 1_000) / eventsPerSecond;
        if (plannedAt > now || this.hasEnough()) break;
        this.plannedAtMs.push(plannedAt);
        this.latenessMs.push(machineMs() - plannedAt);
        const sending = this.send([this.issued++]).then(() => void this.underway.delete(sending));
        this.underway.add(sending);
      }
      await delay(TICK_MS);
    }
  }

  private async sendInLane(lane: number, pace: { inFlight: number; maxBacklog: number }): Promise<void> {
    const sequences = this.plan.isOrdered
      ? orderedSequences(lane, pace.inFlight, this.plan.conversations)
      : null;
    while (!this.hasEnough()) {
      await this.waitForRoom(pace.maxBacklog);
      if (this.hasEnough()) return;
      const batch: number[] = [];
      while (batch.length < this.plan.batchSize && !this.hasIssuedAll()) {
        batch.push(sequences?.next().value ?? this.issued);
        this.issued += 1;
      }
      await this.send(batch);
    }
  }

  private hasEnough(): boolean {
    return this.isStopping || this.hasIssuedAll();
  }

  private hasIssuedAll(): boolean {
    return this.issued >= (this.plan.totalEvents ?? Infinity);
  }

  private async waitForRoom(maxBacklog: number): Promise<void> {
    while (
      !this.isStopping &&
      (this.issued - this.refused) * this.plan.webhooks - this.arrived > maxBacklog
    ) {
      await this.roomAgain.promise;
    }
  }

  private async send(sequences: number[]): Promise<void> {
    const { batchSize, conversations, hasIds } = this.plan;
    const target = this.targetOf?.(sequences[0] ?? 0);
    const event = target?.event ?? this.plan.event;
    const events = sequences.map((sequence) => sampleEvent(event, sequence, conversations, hasIds));
    const body = batchSize > 1 ? `{"events":[${events.join(',')}]}` : (events[0] ?? '');
    for (;;) {
      const answer = await this.poster.post(body, target && pathOf(target.appKey));
      if (this.account(sequences, answer)) return;
      await delay(answer.retryAfterMs);
      if (hasIds) continue;
      this.refused += sequences.length;
      return;
    }
  }

  /** @returns whether the request got its 202 */
  private account(sequences: number[], answer: PostAnswer): boolean {
    if (answer.status !== 202) {
      const name = answer.status === 0 ? answer.text : String(answer.status);
      this.refusals[name] = (this.refusals[name] ?? 0) + 1;
      return false;
    }
    if (this.plan.batchSize === 1) {
      this.acknowledgedSequences.push(...sequences);
      return true;
    }
    for (const [index, isAcknowledged] of acknowledgedItems(answer).entries()) {
      const sequence = sequences[index];
      if (isAcknowledged && sequence !== undefined) this.acknowledgedSequences.push(sequence);
      else this.refused += 1;
    }
    return true;
  }
}

function pathOf(appKey: string): string {
  return `/api/v1/apps/${appKey}/events`;
}

/** Which items of a batch were acknowledged, in the order of the request. */
function acknowledgedItems(answer: PostAnswer): boolean[] {
  const { data } = JSON.parse(answer.text) as { data: IngestedBatch };
  return data.results.map((item: BatchItemResult) => item.status === 202);
}

/**
 * A lane has its own conversations, and the next event of each is sent after the one before was acknowledged. They come
 * in bursts, so that there are always events behind one that fails.
 */
function* orderedSequences(lane: number, lanes: number, conversations: number): Generator<number, never> {
  for (let burst = 0; ; burst++) {
    for (let conversation = lane; conversation < conversations; conversation += lanes) {
      for (let index = 0; index < BURST; index++) {
        yield (burst * BURST + index) * conversations + conversation;
      }
    }
  }
}
