/** Defines what every simulated IM server can do, and lets its users act at a rate. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Tally } from './tally.js';

export const SIMULATED_KINDS = ['openim', 'wukongim', 'dootask', 'tencent'] as const;
export type SimulatedKind = (typeof SIMULATED_KINDS)[number];

/** What the server makes of the answer to a before-callback. */
export interface Verdict {
  command: string;
  /** `blocked`: the answer was none that the server understands, and it stops what the user wanted. */
  outcome: 'allowed' | 'denied' | 'blocked';
  code: number;
  message: string;
  tookMs: number;
}

export interface SimulatorOptions {
  /** Of the source, as it stands in that server's configuration. */
  url: string;
  /** The server asks before it sends a message; those that cannot ask ignore it. */
  asksBefore?: boolean;
  /** The content of message n, from 0, as its client made it; default: a text. */
  contentOf?: (serial: number) => Record<string, unknown>;
  /** Message n was taken over. */
  onStored?: (serial: number) => void;
  onVerdict?: (verdict: Verdict) => void;
}

export interface Simulator {
  /** Of the requests that tell what has happened. */
  readonly tally: Tally;
  /** Of the requests that ask. */
  readonly beforeTally: Tally;
  /** A user of the server sends a message. Resolves when the server is done with the user; never rejects. */
  act(): Promise<void>;
  /** Whether nothing waits or is under way. */
  readonly isIdle: boolean;
  /** What waits is given up. */
  close(): void;
}

export interface Run {
  perSecond: number;
  /** Absent: until the signal. */
  seconds?: number;
  signal?: AbortSignal;
}

const TICK_MS = 1;
const IDLE_CHECK_MS = 10;

/** By a fixed schedule, whatever the answers; then waits for what is under way. */
export async function runAtRate(simulator: Simulator, { perSecond, seconds, signal }: Run): Promise<void> {
  const startedAt = performance.now();
  const total = seconds === undefined ? Infinity : Math.round(perSecond * seconds);
  for (let acted = 0; acted < total && !signal?.aborted;) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedAt) * perSecond) / 1_000));
    for (; acted < due; acted++) void simulator.act();
    await delay(TICK_MS);
  }
  await untilIdle(simulator);
}

export async function untilIdle(simulator: Simulator): Promise<void> {
  while (!simulator.isIdle) await delay(IDLE_CHECK_MS);
}
