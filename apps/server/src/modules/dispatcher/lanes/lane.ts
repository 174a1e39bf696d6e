/** One webhook's deliveries in this process: what waits here, what is under way, and how much may be. */
import type { WebhookSettings } from '../../webhook-configs/data/webhook-settings.repository.js';
import type { HeldDelivery } from './held-delivery.js';
import { LanePace } from './lane-pace.js';
import type { PayloadMemory } from './payload-memory.js';

/** What one webhook may have waiting in memory; the rest waits in the rows. */
const MOST_WAITING = 4_000;
/** The same while its receiver is slow: what cannot go out soon need not be held. */
const MOST_WAITING_WHEN_SLOW = 200;
/** The same once memory is short. */
const MOST_WAITING_WHEN_SHORT = 20;
const MOST_CHARACTERS_TOGETHER = 2_000_000;
/** Of a limited webhook no more is held than goes out in this time. */
const SECONDS_AHEAD = 5;
const COMPACT_FROM = 16;
const TURN_LOOK_MS = 500;
const MOST_FRUITLESS_LOOKS = 3;
/** With so few left, more are fetched from the rows. */
const REFILL_BELOW = 500;
const REFILL_BELOW_WHEN_SLOW = 50;

export class Lane {
  readonly pace = new LanePace();
  /** Deliveries under way, batches counted as one. */
  inFlight = 0;
  /** More wait in the rows than fit here. */
  hasMoreInRows = false;
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

  private lookForTurnsAt = 0;
  private fruitlessLooks = 0;
  private queue: HeldDelivery[] = [];
  private head = 0;

  /** Its breaker is open. */
  isPaused: boolean;

  /** @param memory shared by all lanes of the process */
  constructor(
    public settings: WebhookSettings,
    private readonly memory: PayloadMemory,
  ) {
    this.isPaused = settings.isPaused;
  }

  adopt(settings: WebhookSettings): void {
    if (settings.rateLimitPerSecond !== this.settings.rateLimitPerSecond) this.allowance = 0;
    if (settings.url !== this.settings.url) this.restsUntil = 0;
    this.settings = settings;
    this.setPaused(settings.isPaused);
  }

  /** When the breaker closes, the backlog in the rows drains, gently at first. */
  setPaused(isPaused: boolean): void {
    if (this.isPaused && !isPaused) {
      this.pace.restart();
      this.restsUntil = 0;
      this.hasMoreInRows = true;
    }
    this.isPaused = isPaused;
  }

  /** The receiver asked for a rest; it gets what the policy allows. */
  rest(now: number, askedMs: number): void {
    this.restsUntil = now + Math.min(askedMs, this.settings.retryPolicy.maxDelayMs);
  }

  get webhookId(): string {
    return this.settings.webhookId;
  }

  get waiting(): number {
    return this.queue.length - this.head;
  }

  get isIdle(): boolean {
    return this.waiting === 0 && this.inFlight === 0 && !this.isRefilling && !this.isAskingAllowance;
  }

  /** How many more fit. */
  get room(): number {
    return Math.max(0, this.mostWaiting - this.waiting);
  }

  /** It became slow, or memory short, while much more waited here than may now. */
  get hasTooMuch(): boolean {
    return this.waiting > 2 * this.mostWaiting;
  }

  get needsRefill(): boolean {
    const below = this.pace.isSlow ? REFILL_BELOW_WHEN_SLOW : REFILL_BELOW;
    const mayRefill = this.hasMoreInRows && !this.isRefilling && !this.isPaused;
    return mayRefill && this.waiting < below && this.room > 0;
  }

  /** Its breaker is open and more than one delivery waits behind it. */
  isCrowded(now: number): boolean {
    return this.isPaused && now < this.crowdedUntil;
  }

  /** A webhook deleted or disabled gets nothing more; what a person asked for goes out even when it is disabled. */
  wants({ kind }: HeldDelivery): boolean {
    return !this.settings.isDeleted && (this.settings.isEnabled || kind !== 'event');
  }

  add(delivery: HeldDelivery): void {
    this.queue.push(delivery);
    this.memory.used += delivery.payload.length;
  }

  /** Before all others, in the order given. */
  addFirst(deliveries: readonly HeldDelivery[]): void {
    this.compact();
    this.queue.unshift(...deliveries);
    for (const { payload } of deliveries) this.memory.used += payload.length;
  }

  get oldest(): HeldDelivery | undefined {
    return this.queue[this.head];
  }

  /** The oldest ones: so many at most, and no more characters of payloads than go into one request, yet at least one. */
  take(count: number): HeldDelivery[] {
    let characters = 0;
    let end = this.head;
    while (end < this.queue.length && end - this.head < count) {
      characters += this.queue[end]?.payload.length ?? 0;
      if (characters > MOST_CHARACTERS_TOGETHER && end > this.head) break;
      end += 1;
    }
    return this.takeUntil(end);
  }

  takeAll(): HeldDelivery[] {
    return this.takeUntil(this.queue.length);
  }

  private takeUntil(end: number): HeldDelivery[] {
    const taken = this.queue.slice(this.head, end);
    this.head += taken.length;
    for (const { payload } of taken) this.memory.used -= payload.length;
    // What was sent must not be kept by the queue it stood in.
    if (this.head > COMPACT_FROM && this.head * 2 >= this.queue.length) this.compact();
    return taken;
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

  private compact(): void {
    this.queue = this.queue.slice(this.head);
    this.head = 0;
  }

  *[Symbol.iterator](): Iterator<HeldDelivery> {
    for (let index = this.head; index < this.queue.length; index += 1) {
      const delivery = this.queue[index];
      if (delivery) yield delivery;
    }
  }
}
