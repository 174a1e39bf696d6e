/** Counts what became of a simulated server's requests. */
import type { WireAnswer } from './wire-client.js';

/** The newest ones are kept. */
const KEPT_LATENCIES = 200_000;

export interface TallyReport {
  /** Requests, repetitions included. */
  sent: number;
  /** Requests that were answered as that server needs. */
  answered: number;
  /** Requests sent again. */
  retried: number;
  /** Messages, or changes of a status, that the server has given up. */
  dropped: number;
  /** Of requests with any answer. */
  p50Ms: number;
  p99Ms: number;
  slowestMs: number;
  /** Answers that the server did not need, by status or error. */
  refusals: Record<string, number>;
}

export class Tally {
  sent = 0;
  answered = 0;
  retried = 0;
  dropped = 0;
  private readonly refusals: Record<string, number> = {};
  private readonly latenciesMs: number[] = [];
  private next = 0;

  /** @param isRight whether the answer is what the server needs */
  note({ status, error, tookMs }: WireAnswer, isRight: boolean): void {
    this.sent += 1;
    if (isRight) this.answered += 1;
    else {
      const name = error ?? String(status);
      this.refusals[name] = (this.refusals[name] ?? 0) + 1;
    }
    if (error !== null) return;
    this.latenciesMs[this.next] = tookMs;
    this.next = (this.next + 1) % KEPT_LATENCIES;
  }

  report(): TallyReport {
    const { sent, answered, retried, dropped, refusals } = this;
    const sorted = Float64Array.from(this.latenciesMs).sort();
    const quantile = (share: number): number =>
      sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return {
      ...{ sent, answered, retried, dropped, refusals: { ...refusals } },
      ...{ p50Ms: quantile(0.5), p99Ms: quantile(0.99), slowestMs: quantile(1) },
    };
  }
}
