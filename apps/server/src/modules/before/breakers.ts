/** Keeps the circuit breakers of before-callbacks, of this process; deliveries have their own. */
import { admissionOf, afterFailure, CLOSED_BREAKER, type BreakerState } from './domain/before-breaker.js';

/** Webhooks that fail at once; beyond, the one that has failed for longest is forgotten, that is, asked again. */
const MAX_FAILING = 10_000;

/** What one question does to the breaker. Only the first call counts. */
export interface Pass {
  /** The receiver decided. */
  succeed: () => void;
  fail: () => void;
  /** It was not asked after all, or this service could not ask. */
  release: () => void;
}

interface Breaker {
  /** Of the webhook's settings: a change by a person closes the breaker. */
  version: string;
  state: BreakerState;
}

export class Breakers {
  private readonly failing = new Map<string, Breaker>();

  /**
   * @param version changes when a person changed or resumed the webhook
   * @param now monotonic milliseconds
   * @returns null: the breaker is open
   */
  enter(webhookId: string, version: string, now: number): Pass | null {
    const known = this.failing.get(webhookId);
    if (known && known.version !== version) this.failing.delete(webhookId);
    const state = this.stateOf(webhookId, version);
    const admission = admissionOf(state, now);
    if (admission === 'skip') return null;
    if (admission === 'probe') this.set(webhookId, version, { ...state, isProbing: true });
    let isOver = false;
    const once = (end: () => void) => () => {
      if (!isOver) end();
      isOver = true;
    };
    return {
      succeed: once(() => {
        if (this.failing.get(webhookId)?.version === version) this.failing.delete(webhookId);
      }),
      fail: once(() => {
        this.set(
          webhookId,
          version,
          afterFailure(this.stateOf(webhookId, version), admission, performance.now()),
        );
      }),
      release: once(() => {
        if (admission !== 'probe') return;
        this.set(webhookId, version, { ...this.stateOf(webhookId, version), isProbing: false });
      }),
    };
  }

  private stateOf(webhookId: string, version: string): BreakerState {
    const known = this.failing.get(webhookId);
    return known?.version === version ? known.state : CLOSED_BREAKER;
  }

  /** What belongs to earlier settings is not written over that of later ones. */
  private set(webhookId: string, version: string, state: BreakerState): void {
    const known = this.failing.get(webhookId);
    if (known && known.version !== version) return;
    this.failing.set(webhookId, { version, state });
    if (this.failing.size <= MAX_FAILING) return;
    const [oldest] = this.failing.keys();
    if (oldest !== undefined) this.failing.delete(oldest);
  }
}
