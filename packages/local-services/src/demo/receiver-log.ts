/** Records the last requests of each of the demo's receivers, and their current behaviour. */
import { BEHAVIOURS, DEMO_RECEIVERS, type Behaviour } from './demo-receivers.js';

const KEPT_REQUESTS = 20;
const KEPT_CALLBACK_IDS = 5_000;

export interface ReceivedRequest {
  receivedAt: string;
  event: string;
  callbackId: string;
  attempt: number;
  isSignatureValid: boolean;
  /** Its callbackId was answered successfully before, so a receiver would ignore it. */
  isDuplicate: boolean;
  answeredStatus: number;
  body: string;
}

export interface ReceiverState {
  slug: string;
  name: string;
  behaviour: Behaviour;
  received: number;
  lastRequests: ReceivedRequest[];
}

export class ReceiverLog {
  private readonly states = new Map<string, ReceiverState>(
    DEMO_RECEIVERS.map(({ slug, behaviour, webhook }) => [
      slug,
      { slug, name: webhook.name, behaviour, received: 0, lastRequests: [] },
    ]),
  );
  private readonly handled = new Set<string>();

  get all(): ReceiverState[] {
    return [...this.states.values()];
  }

  find(slug: string): ReceiverState | undefined {
    return this.states.get(slug);
  }

  hasHandled(callbackId: string): boolean {
    return this.handled.has(callbackId);
  }

  record(state: ReceiverState, request: ReceivedRequest): void {
    state.received += 1;
    state.lastRequests = [request, ...state.lastRequests].slice(0, KEPT_REQUESTS);
    if (request.answeredStatus >= 300) return;
    this.handled.add(request.callbackId);
    const [oldest] = this.handled;
    if (this.handled.size > KEPT_CALLBACK_IDS && oldest !== undefined) this.handled.delete(oldest);
  }
}

export function isBehaviour(value: unknown): value is Behaviour {
  return BEHAVIOURS.some((behaviour) => behaviour === value);
}
