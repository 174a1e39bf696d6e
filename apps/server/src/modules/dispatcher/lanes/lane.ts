/** Queues one webhook's deliveries in this worker, limits its requests in flight and decides its next action. */
import type { WebhookSettings } from '../../webhook-configs/webhook-settings.js';
import type { PermitUser } from '../permits/permits.js';
import { LaneBacklog } from './lane-backlog.js';
import {
  CLAIM_REPLAYS_BELOW,
  claimBelow,
  maxQueued,
  maxReplaysQueued,
  type CapacityView,
} from './lane-capacity.js';
import { LanePace, type AttemptEnd } from './lane-pace.js';
import { LaneQueue } from './lane-queue.js';
import { LaneTokens, type AskTokens } from './lane-tokens.js';
import { isStale, type LeasedDelivery } from './leased-delivery.js';
import { nextAction, type LaneView, type NextAction, type Queue } from './next-action.js';
import type { PayloadMemory } from './payload-memory.js';

/** Stale deliveries that are read again with one query. */
const MAX_REFRESHED = 100;
/** How long it is assumed that more than one delivery waits behind an open breaker. */
const CROWDED_MS = 1_000;

/** What the worker does for a lane, see {@link NextAction}. */
export type LaneAction =
  | Exclude<NextAction, { kind: 'send' | 'release' }>
  | { kind: 'release'; deliveries: LeasedDelivery[] }
  /** Their rows are read again before they are sent. */
  | { kind: 'refresh'; deliveries: LeasedDelivery[] }
  | { kind: 'send'; deliveries: LeasedDelivery[]; isReplay: boolean };

export class Lane implements LaneView, CapacityView {
  readonly backlog = new LaneBacklog();
  readonly live: LaneQueue;
  /** Deliveries of recoveries. */
  readonly replays: LaneQueue;
  private readonly pace = new LanePace();
  private readonly allowed = new LaneTokens();
  private isOpenNow: boolean;
  /** Requests in flight, a batch counted as one, and those of them that are replays. */
  private sent = 0;
  private replaysSent = 0;
  private backoffEndsAt = 0;
  /** Until then more than one delivery is assumed to wait behind the open breaker. */
  private crowdedUntil = 0;

  /** @param memory shared by all lanes of the process */
  constructor(
    private current: WebhookSettings,
    private readonly memory: PayloadMemory,
  ) {
    this.isOpenNow = current.isPaused;
    this.live = new LaneQueue(memory);
    this.replays = new LaneQueue(memory);
  }

  get settings(): WebhookSettings {
    return this.current;
  }

  get webhookId(): string {
    return this.current.webhookId;
  }

  /** What is to be done now; deliveries that it names have left the queue. */
  next(now: number, hasPermit: (isReplay: boolean) => boolean): LaneAction {
    const action = nextAction(this, now, hasPermit);
    if (action.kind === 'release') {
      return { kind: 'release', deliveries: action.which === 'all' ? this.takeAll() : this.takeUnwanted() };
    }
    return action.kind === 'send' ? this.take(action.from, now) : action;
  }

  private take(from: Queue, now: number): LaneAction {
    const queue = this[from];
    const { batch, rateLimitPerSecond } = this.current;
    const deliveries = inOrderOfAcceptance(queue.take(batch ? queue.together(batch.maxEvents) : 1));
    if (deliveries.some((each) => isStale(each, now))) {
      const max = rateLimitPerSecond > 0 ? Math.ceil(this.tokens) : MAX_REFRESHED;
      return {
        kind: 'refresh',
        deliveries: [...deliveries, ...queue.take(Math.max(0, max - deliveries.length))],
      };
    }
    if (rateLimitPerSecond > 0) this.allowed.use();
    return { kind: 'send', deliveries, isReplay: from === 'replays' };
  }

  // The view that the next action depends on.

  get inFlight(): number {
    return this.sent;
  }

  get inFlightLimit(): number {
    return this.pace.inFlightLimit;
  }

  /** Replays take half of what may be in flight, so that there is room when something new comes in. */
  get maySendReplay(): boolean {
    return this.replaysSent < Math.max(1, Math.floor(this.pace.inFlightLimit / 2));
  }

  get hasUnwanted(): boolean {
    return this.isHolding && (this.live.some(this.isUnwanted) || this.replays.some(this.isUnwanted));
  }

  get isOpenable(): boolean {
    return this.current.isOpenable;
  }

  get isBreakerOpen(): boolean {
    return this.isOpenNow;
  }

  get backoffUntil(): number {
    return this.backoffEndsAt;
  }

  get batch(): WebhookSettings['batch'] {
    return this.current.batch;
  }

  get isMemoryShort(): boolean {
    return this.memory.isShort;
  }

  get isSlow(): boolean {
    return this.pace.isSlow;
  }

  get rateLimitPerSecond(): number {
    return this.current.rateLimitPerSecond;
  }

  get tokens(): number {
    return this.allowed.left;
  }

  get isAskingTokens(): boolean {
    return this.allowed.isAsking;
  }

  // Settings and the breaker.

  adopt(settings: WebhookSettings): void {
    const { isHolding, current: before } = this;
    if (settings.rateLimitPerSecond !== before.rateLimitPerSecond) this.allowed.clear();
    if (settings.url !== before.url) {
      this.backoffEndsAt = 0;
      this.pace.beginTrial();
    }
    this.current = settings;
    const isResumed = settings.resumedAt?.getTime() !== before.resumedAt?.getTime();
    if (isResumed || (isHolding && !this.isHolding)) this.drain();
    this.setBreakerOpen(settings.isPaused);
  }

  setBreakerOpen(isOpen: boolean): void {
    if (this.isOpenNow && !isOpen) this.drain();
    this.isOpenNow = isOpen;
  }

  /** Nothing holds its deliveries any more: the backlog drains, slowly at first. */
  private drain(): void {
    this.pace.restart();
    this.backoffEndsAt = 0;
    this.backlog.noteMore();
    this.backlog.noteMoreReplays();
  }

  /** A person paused the webhook, or it is disabled or deleted: only what a person asks for is sent. */
  get isHolding(): boolean {
    const { isPausedByPerson, isEnabled, isDeleted } = this.current;
    return isPausedByPerson || !isEnabled || isDeleted;
  }

  /** A deleted webhook gets nothing more; while it is paused by a person or disabled, only what a person asked for. */
  wants({ passesHolds }: Pick<LeasedDelivery, 'passesHolds'>): boolean {
    return !this.current.isDeleted && (passesHolds || !this.isHolding);
  }

  private readonly isUnwanted = (delivery: LeasedDelivery): boolean => !this.wants(delivery);

  /** Its breaker is open and more than one delivery waits behind it. */
  isCrowded(now: number): boolean {
    return this.isOpenNow && now < this.crowdedUntil;
  }

  assumeCrowded(now: number): void {
    this.crowdedUntil = now + CROWDED_MS;
  }

  /** One delivery alone waits behind the breaker. */
  notCrowded(): void {
    this.crowdedUntil = 0;
  }

  // Requests.

  /** What its permit depends on. */
  get permitUser(): PermitUser {
    const { isSlow, hasAnswered } = this.pace;
    return { tenantId: this.current.app.tenantId, isSlow, hasAnswered, inFlight: this.sent };
  }

  /** Its receiver has not answered yet. */
  get isOnTrial(): boolean {
    return !this.pace.hasAnswered;
  }

  requestBegins(isReplay: boolean): void {
    this.sent += 1;
    if (isReplay) this.replaysSent += 1;
  }

  requestEnded(isReplay: boolean): void {
    this.sent -= 1;
    if (isReplay) this.replaysSent -= 1;
  }

  /** @param retryAfterMs null: the receiver did not ask to be left alone */
  answered(end: AttemptEnd, isSuccess: boolean, retryAfterMs: number | null, now: number): void {
    this.pace.ended(end, this.sent);
    if (isSuccess) this.backoffEndsAt = 0;
    else if (retryAfterMs !== null) this.backOff(now, retryAfterMs);
  }

  /** Sends nothing for this time, at most for the longest delay of the policy. */
  backOff(now: number, askedMs: number): void {
    const until = now + Math.min(askedMs, this.current.retryPolicy.maxDelayMs);
    this.backoffEndsAt = Math.max(this.backoffEndsAt, until);
  }

  /** One of its requests has been in flight for long. */
  markSlow(): void {
    this.pace.markSlow();
  }

  /** Concurrent callers share one answer. @returns milliseconds to wait; 0: there are tokens now */
  refillTokens(ask: AskTokens): Promise<number> {
    return this.allowed.refill(ask, this.rateLimitPerSecond, this.queued);
  }

  /** @returns whether there was one */
  takeToken(): boolean {
    return this.allowed.take();
  }

  // The queues.

  get queued(): number {
    return this.live.length + this.replays.length;
  }

  get isIdle(): boolean {
    return this.queued === 0 && this.sent === 0 && !this.backlog.isClaiming && !this.isAskingTokens;
  }

  /** How many more fit. */
  get room(): number {
    return Math.max(0, maxQueued(this) - this.live.length);
  }

  get roomForReplays(): number {
    return Math.max(0, maxReplaysQueued(this) - this.replays.length);
  }

  /** It became slow, or memory short, while much more was queued than may be now. */
  get hasTooMuch(): boolean {
    return this.live.length > 2 * maxQueued(this);
  }

  /** More should be claimed of what comes in now. */
  get isLow(): boolean {
    return this.backlog.hasMore && this.live.length < claimBelow(this) && this.room > 0;
  }

  get isLowOnReplays(): boolean {
    return (
      this.backlog.hasMoreReplays && this.replays.length < CLAIM_REPLAYS_BELOW && this.roomForReplays > 0
    );
  }

  get needsClaim(): boolean {
    const mayClaim = !this.backlog.isClaiming && !this.isOpenNow && !this.isHolding;
    return mayClaim && (this.isLow || this.isLowOnReplays);
  }

  /** Whether a delivery fits in; where it does not, the lane remembers that the rows have more. */
  accepts({ recoveryId, claimNumber, mayPassBreaker }: LeasedDelivery): boolean {
    if (mayPassBreaker) return true;
    const isReplay = recoveryId !== null;
    // Older ones are not claimed yet; a fresh one must not overtake them.
    const isTooEarly = claimNumber === 0 && this.backlog.hasMore;
    if ((isReplay ? this.roomForReplays : this.room) > 0 && !isTooEarly) return true;
    if (isReplay) this.backlog.noteMoreReplays();
    else this.backlog.noteMore();
    return false;
  }

  add(delivery: LeasedDelivery): void {
    if (delivery.mayPassBreaker) this.addFirst([delivery]);
    else this[queueOf(delivery)].add(delivery);
  }

  /** In front of all others, in the order given. */
  addFirst(deliveries: readonly LeasedDelivery[]): void {
    this.live.addFirst(deliveries.filter((each) => queueOf(each) === 'live'));
    this.replays.addFirst(deliveries.filter((each) => queueOf(each) === 'replays'));
  }

  takeAll(): LeasedDelivery[] {
    return [...this.live.takeAll(), ...this.replays.takeAll()];
  }

  private takeUnwanted(): LeasedDelivery[] {
    const all = this.takeAll();
    this.addFirst(all.filter((delivery) => this.wants(delivery)));
    return all.filter(this.isUnwanted);
  }
}

function queueOf({ recoveryId }: LeasedDelivery): Queue {
  return recoveryId === null ? 'live' : 'replays';
}

/**
 * Retries of one batch may come due in another order; sent in the order of their ids, which are UUIDs of version 7, the
 * batch has the same `batchId` again.
 */
function inOrderOfAcceptance(deliveries: LeasedDelivery[]): LeasedDelivery[] {
  return deliveries.sort((a, b) => (a.deliveryId < b.deliveryId ? -1 : 1));
}
