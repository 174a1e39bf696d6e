/** One webhook's deliveries in this process: what waits here, what is under way, and how much may be. */
import type { WebhookSettings } from '../../webhook-configs/webhook-settings.js';
import type { HeldDelivery } from './held-delivery.js';
import { LanePace } from './lane-pace.js';
import type { PayloadMemory } from './payload-memory.js';
import type { SlotUser } from './slots.js';
import { WaitingLine } from './waiting-line.js';

/** What one webhook may have waiting in memory; the rest waits in the rows. */
const MOST_WAITING = 4_000;
/** The same while its receiver is slow: what cannot go out soon need not be held. */
const MOST_WAITING_WHEN_SLOW = 200;
/** The same once memory is short. */
const MOST_WAITING_WHEN_SHORT = 20;
/** Of a limited webhook no more is held than goes out in this time. */
const SECONDS_AHEAD = 5;
const TURN_LOOK_MS = 500;
const MOST_FRUITLESS_LOOKS = 3;
/** With so few left, more are fetched from the rows. */
const REFILL_BELOW = 500;
const REFILL_BELOW_WHEN_SLOW = 50;
/** Replays held here; a recovery keeps its others in the rows. */
const MOST_REPLAYS_WAITING = 100;
const REFILL_REPLAYS_BELOW = 50;

export class Lane {
  readonly pace = new LanePace();
  /** What comes in at the moment; goes out before any replay. */
  readonly live: WaitingLine;
  /** Deliveries of recoveries. */
  readonly replays: WaitingLine;
  /** Deliveries under way, batches counted as one. */
  inFlight = 0;
  /** Those of them that are replays. */
  replaysInFlight = 0;
  /** More wait in the rows than fit here. */
  hasMoreInRows = false;
  hasMoreReplaysInRows = false;
  isRefilling = false;
  /** Conversations wait in the rows whose turn may have come. */
  hasTurnsInRows = false;
  /** It stands in the line of lanes that may send. */
  isLinedUp = false;
  /** The receiver asked to be left alone until then; monotonic milliseconds. */
  restsUntil = 0;
  /** Until then more than one delivery is thought to wait behind its open breaker. */
  crowdedUntil = 0;
  /** Requests the rate limit allows now; only counted where there is one. */
  allowance = 0;
  isAskingAllowance = false;
  /** Lines it up again when its wait is over. */
  wakeUp: NodeJS.Timeout | undefined;
  wakesAt = 0;

  private lookForTurnsAt = 0;
  private fruitlessLooks = 0;

  /** Its breaker is open. */
  isPaused: boolean;

  /** @param memory shared by all lanes of the process */
  constructor(
    public settings: WebhookSettings,
    private readonly memory: PayloadMemory,
  ) {
    this.isPaused = settings.isPaused;
    this.live = new WaitingLine(memory);
    this.replays = new WaitingLine(memory);
  }

  adopt(settings: WebhookSettings): void {
    const { isHolding, settings: before } = this;
    if (settings.rateLimitPerSecond !== before.rateLimitPerSecond) this.allowance = 0;
    if (settings.url !== before.url) {
      this.restsUntil = 0;
      this.pace.beginTrial();
    }
    this.settings = settings;
    const isResumed = settings.resumedAt?.getTime() !== before.resumedAt?.getTime();
    if (isResumed || (isHolding && !this.isHolding)) this.drain();
    this.setPaused(settings.isPaused);
  }

  setPaused(isPaused: boolean): void {
    if (this.isPaused && !isPaused) this.drain();
    this.isPaused = isPaused;
  }

  /** Nothing holds its deliveries back any more: the backlog in the rows drains, gently at first. */
  private drain(): void {
    this.pace.restart();
    this.restsUntil = 0;
    this.hasMoreInRows = true;
    this.hasMoreReplaysInRows = true;
  }

  /** Nothing goes out, but for what a person asks for: a person paused the webhook, or it is disabled or deleted. */
  get isHolding(): boolean {
    const { isPausedByPerson, isEnabled, isDeleted } = this.settings;
    return isPausedByPerson || !isEnabled || isDeleted;
  }

  /** The receiver asked for a rest; it gets what the policy allows. */
  rest(now: number, askedMs: number): void {
    const until = now + Math.min(askedMs, this.settings.retryPolicy.maxDelayMs);
    this.restsUntil = Math.max(this.restsUntil, until);
  }

  get webhookId(): string {
    return this.settings.webhookId;
  }

  /** What counts of it when it wants a slot. */
  get slotUser(): SlotUser {
    const { isSlow, hasAnswered } = this.pace;
    return { tenantId: this.settings.app.tenantId, isSlow, hasAnswered, inFlight: this.inFlight };
  }

  get waiting(): number {
    return this.live.length + this.replays.length;
  }

  get isIdle(): boolean {
    return this.waiting === 0 && this.inFlight === 0 && !this.isRefilling && !this.isAskingAllowance;
  }

  /** How many more fit. */
  get room(): number {
    return Math.max(0, this.mostWaiting - this.live.length);
  }

  get roomForReplays(): number {
    return Math.max(0, Math.min(MOST_REPLAYS_WAITING, this.mostWaiting) - this.replays.length);
  }

  hasRoomFor({ recoveryId }: HeldDelivery): boolean {
    return recoveryId === null ? this.room > 0 : this.roomForReplays > 0;
  }

  /** It became slow, or memory short, while much more waited here than may now. */
  get hasTooMuch(): boolean {
    return this.live.length > 2 * this.mostWaiting;
  }

  get needsRefill(): boolean {
    return !this.isRefilling && !this.isPaused && !this.isHolding && (this.isLow || this.isLowOnReplays);
  }

  /** More should be fetched of what comes in at the moment. */
  get isLow(): boolean {
    const below = this.pace.isSlow ? REFILL_BELOW_WHEN_SLOW : REFILL_BELOW;
    return this.hasMoreInRows && this.live.length < below && this.room > 0;
  }

  get isLowOnReplays(): boolean {
    return this.hasMoreReplaysInRows && this.replays.length < REFILL_REPLAYS_BELOW && this.roomForReplays > 0;
  }

  /** Replays take half of what may be under way, so that a place is free when something new comes in. */
  get maySendReplay(): boolean {
    return this.replaysInFlight < Math.max(1, Math.floor(this.pace.inFlightLimit / 2));
  }

  /** Its breaker is open and more than one delivery waits behind it. */
  isCrowded(now: number): boolean {
    return this.isPaused && now < this.crowdedUntil;
  }

  /** A deleted webhook gets nothing more; while it is paused by a person or disabled, only what a person asked for. */
  wants({ passesHolds }: HeldDelivery): boolean {
    return !this.settings.isDeleted && (passesHolds || !this.isHolding);
  }

  add(delivery: HeldDelivery): void {
    this.lineOf(delivery).add(delivery);
  }

  /** Before all others of their kind, in the order given. */
  addFirst(deliveries: readonly HeldDelivery[]): void {
    this.live.addFirst(deliveries.filter(({ recoveryId }) => recoveryId === null));
    this.replays.addFirst(deliveries.filter(({ recoveryId }) => recoveryId !== null));
  }

  /** What must not go out now, though it came in when it might. */
  takeUnwanted(): HeldDelivery[] {
    if (!this.isHolding || this.waiting === 0) return [];
    const all = this.takeAll();
    this.addFirst(all.filter((delivery) => this.wants(delivery)));
    return all.filter((delivery) => !this.wants(delivery));
  }

  takeAll(): HeldDelivery[] {
    return [...this.live.takeAll(), ...this.replays.takeAll()];
  }

  private lineOf({ recoveryId }: HeldDelivery): WaitingLine {
    return recoveryId === null ? this.live : this.replays;
  }

  /** Outcomes bring the next turns; looking for lost ones comes seldom while there are none. */
  mayLookForTurns(now: number): boolean {
    return this.hasTurnsInRows && now >= this.lookForTurnsAt;
  }

  turnsLookedFor(now: number, hasFound: boolean): void {
    this.fruitlessLooks = hasFound ? 0 : Math.min(this.fruitlessLooks + 1, MOST_FRUITLESS_LOOKS);
    this.lookForTurnsAt = now + TURN_LOOK_MS * (2 ** this.fruitlessLooks - 1);
    this.hasTurnsInRows = false;
  }

  private get mostWaiting(): number {
    if (this.memory.isShort) return MOST_WAITING_WHEN_SHORT;
    const { rateLimitPerSecond } = this.settings;
    if (rateLimitPerSecond > 0) return Math.min(MOST_WAITING, SECONDS_AHEAD * rateLimitPerSecond + 1);
    return this.pace.isSlow ? MOST_WAITING_WHEN_SLOW : MOST_WAITING;
  }
}
