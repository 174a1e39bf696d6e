/**
 * Schedules the lanes of this process: which one is served next, whether there is a permit for its request, and which
 * requests take long and leave their permits to quick ones.
 */
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import type { Lane } from '../lanes/lane.js';
import { SLOW_MS } from '../lanes/lane-pace.js';
import { ParkedLanes } from './parked-lanes.js';
import { Permits, type Permit } from './permits.js';

/** A request on trial that takes longer moves to the slow permits. */
const TRIAL_MS = 250;
/** The share of the permits that replays may take; the others are left to live deliveries. */
const REPLAY_SHARE = 1 / 4;

export interface RequestInFlight {
  lane: Lane;
  permit: Permit;
  isReplay: boolean;
  /** Monotonic milliseconds. */
  startedAt: number;
}

interface WakeUp {
  at: number;
  timer: NodeJS.Timeout;
}

@Injectable()
export class PermitScheduler {
  private readonly permits: Permits;
  private readonly maxReplays: number;
  /** Lanes that may have something to send, each once, in the order in which they are served. */
  private readonly line = new Set<Lane>();
  private readonly parked = new ParkedLanes();
  private readonly wakeUps = new Map<Lane, WakeUp>();
  private readonly quick = new Set<RequestInFlight>();
  /** Requests of webhooks that have not answered yet. */
  private readonly trials = new Set<RequestInFlight>();
  private replays = 0;

  private ready: () => void = () => undefined;

  constructor(@Inject(ENV) { WEBHOOK_CONCURRENCY: limit }: Pick<Env, 'WEBHOOK_CONCURRENCY'>) {
    this.permits = new Permits(limit);
    this.maxReplays = Math.max(1, Math.floor(limit * REPLAY_SHARE));
  }

  /** @param listener called when there may be a lane to serve */
  onReady(listener: () => void): void {
    this.ready = listener;
  }

  get inFlight(): number {
    return this.permits.inFlight;
  }

  /** Whether there may be a lane to serve. */
  get hasLane(): boolean {
    return this.line.size > 0 || this.parked.size > 0;
  }

  /** The lane may have something to send. */
  lineUp(lane: Lane): void {
    if (lane.queued === 0 || this.line.has(lane)) return;
    this.parked.remove(lane);
    this.line.add(lane);
    this.ready();
  }

  /** Puts the lane in line after this time; of several waits the shortest counts. */
  lineUpIn(lane: Lane, waitMs: number): void {
    const at = performance.now() + waitMs;
    const before = this.wakeUps.get(lane);
    if (before && before.at <= at) return;
    clearTimeout(before?.timer);
    const timer = setTimeout(() => {
      this.wakeUps.delete(lane);
      this.lineUp(lane);
    }, Math.ceil(waitMs));
    this.wakeUps.set(lane, { at, timer });
  }

  /** @returns the lane that is served next; it has left the line. Parked lanes come last. */
  nextLane(): Lane | undefined {
    if (this.line.size === 0) {
      for (const parked of this.parked.takeReady(this.room)) this.line.add(parked);
    }
    const [lane] = this.line;
    if (lane) this.line.delete(lane);
    return lane;
  }

  hasPermit(lane: Lane, isReplay: boolean): boolean {
    return this.room(lane, isReplay) > 0;
  }

  /** The number of free permits for requests of such lanes. */
  private readonly room = (lane: Lane, isReplay: boolean): number => {
    const room = this.permits.room(lane.permitUser);
    return isReplay ? Math.min(room, this.maxReplays - this.replays) : room;
  };

  /** The lane waits until there is a permit for it. */
  park(lane: Lane, isReplay: boolean): void {
    this.parked.add(lane, isReplay);
  }

  begin(lane: Lane, isReplay: boolean, startedAt: number): RequestInFlight {
    const user = lane.permitUser;
    const request = { lane, permit: this.permits.take(user), isReplay, startedAt };
    this.quick.add(request);
    if (!user.hasAnswered) this.trials.add(request);
    lane.requestBegins(isReplay);
    if (isReplay) this.replays += 1;
    return request;
  }

  /** Continues with another request under the same permit. */
  goOn(request: RequestInFlight, startedAt: number): void {
    this.trials.delete(request);
    // Once among the slow ones it stays there.
    if (!this.quick.delete(request)) return;
    request.startedAt = startedAt;
    this.quick.add(request);
  }

  end(request: RequestInFlight): void {
    const { lane, permit, isReplay } = request;
    permit.release();
    lane.requestEnded(isReplay);
    if (isReplay) this.replays -= 1;
    this.quick.delete(request);
    this.trials.delete(request);
    this.lineUp(lane);
    this.serveParked();
  }

  /** Moves requests that take long to the slow permits. */
  moveSlowOnes(now: number): void {
    const trials = takeOlder(this.trials, now - TRIAL_MS);
    const slow = takeOlder(this.quick, now - SLOW_MS);
    for (const { permit } of [...trials, ...slow]) permit.moveToSlow();
    for (const { lane } of slow) {
      lane.markSlow();
      // Among the slow ones a lane may have more in flight than on trial.
      this.lineUp(lane);
    }
    if (trials.length + slow.length > 0) this.serveParked();
  }

  stop(): void {
    for (const { timer } of this.wakeUps.values()) clearTimeout(timer);
    this.wakeUps.clear();
  }

  /** Permits were freed. */
  private serveParked(): void {
    if (this.parked.size > 0) this.ready();
  }
}

/** Takes out those begun before an instant; they are in the order in which they began. */
function takeOlder(requests: Set<RequestInFlight>, before: number): RequestInFlight[] {
  const older: RequestInFlight[] = [];
  for (const request of requests) {
    if (request.startedAt > before) break;
    requests.delete(request);
    older.push(request);
  }
  return older;
}
