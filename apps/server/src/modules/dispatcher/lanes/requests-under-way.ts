/** The requests under way in this process: which slots they take, and which of them take long. */
import type { Lane } from './lane.js';
import { SLOW_MS } from './lane-pace.js';
import { Slots, type Slot } from './slots.js';

/** A webhook on trial that has not answered by then leaves its place to the next one. */
const TRIAL_MS = 250;
/** Replays leave most slots to what comes in at the moment, of whichever webhook. */
const REPLAY_SHARE = 1 / 4;

export interface RequestUnderWay {
  lane: Lane;
  slot: Slot;
  isReplay: boolean;
  /** Monotonic milliseconds. */
  startedAt: number;
}

export class RequestsUnderWay {
  private readonly slots: Slots;
  private readonly maxReplays: number;
  private readonly quick = new Set<RequestUnderWay>();
  /** Those of webhooks that have not answered yet. */
  private readonly trials = new Set<RequestUnderWay>();
  private replays = 0;

  /** @param limit of slots for quick webhooks, and of those for slow ones */
  constructor(limit: number) {
    this.slots = new Slots(limit);
    this.maxReplays = Math.max(1, Math.floor(limit * REPLAY_SHARE));
  }

  get count(): number {
    return this.slots.inFlight;
  }

  hasRoomFor(lane: Lane, isReplay: boolean): boolean {
    if (isReplay && this.replays >= this.maxReplays) return false;
    return this.slots.hasRoom(lane.slotUser);
  }

  begin(lane: Lane, isReplay: boolean, startedAt: number): RequestUnderWay {
    const user = lane.slotUser;
    const request = { lane, slot: this.slots.take(user), isReplay, startedAt };
    this.quick.add(request);
    if (!user.hasAnswered) this.trials.add(request);
    lane.inFlight += 1;
    if (isReplay) {
      lane.replaysInFlight += 1;
      this.replays += 1;
    }
    return request;
  }

  /** It was answered and goes on with another request in the same slot. */
  goOn(request: RequestUnderWay, startedAt: number): void {
    this.trials.delete(request);
    // Once among the slow ones it stays there.
    if (!this.quick.delete(request)) return;
    request.startedAt = startedAt;
    this.quick.add(request);
  }

  end(request: RequestUnderWay): void {
    const { lane, slot, isReplay } = request;
    slot.release();
    lane.inFlight -= 1;
    if (isReplay) {
      lane.replaysInFlight -= 1;
      this.replays -= 1;
    }
    this.quick.delete(request);
    this.trials.delete(request);
  }

  /**
   * What is under way for long leaves its place to quick ones.
   *
   * @returns how many did, and the lanes that count among the slow ones from now on
   */
  moveSlowOnes(now: number): { moved: number; slowLanes: Lane[] } {
    const trials = takeOlder(this.trials, now - TRIAL_MS);
    const slow = takeOlder(this.quick, now - SLOW_MS);
    for (const { slot } of [...trials, ...slow]) slot.moveToSlow();
    const slowLanes = slow.map(({ lane }) => lane);
    for (const lane of slowLanes) lane.pace.markSlow();
    return { moved: trials.length + slow.length, slowLanes };
  }
}

/** Takes out those begun before an instant; they stand in the order they were begun. */
function takeOlder(requests: Set<RequestUnderWay>, before: number): RequestUnderWay[] {
  const older: RequestUnderWay[] = [];
  for (const request of requests) {
    if (request.startedAt > before) break;
    requests.delete(request);
    older.push(request);
  }
  return older;
}
