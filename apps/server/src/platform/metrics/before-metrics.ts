import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import { secondsOf } from './seconds.js';

/** Counts before-callbacks by what was decided and by whom. */
export class BeforeMetrics {
  private readonly decisions;
  private readonly durations;
  private readonly lost;

  constructor(registry: Registry) {
    const registers = [registry];
    this.decisions = new Counter({
      name: 'im_callback_before_decisions_total',
      help: 'Before-callbacks by decision and by who decided: the receiver, the policy for a reason, or no webhook at all',
      labelNames: ['decision', 'decided_by'],
      registers,
    });
    this.durations = new Histogram({
      name: 'im_callback_before_decision_seconds',
      help: 'From a question to its decision, of questions that a webhook decides',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5],
      registers,
    });
    this.lost = new Counter({
      name: 'im_callback_before_not_logged_total',
      help: 'Decisions missing from the log, because the database was away for long',
      registers,
    });
    this.lost.inc(0);
  }

  decided(decision: string, decidedBy: string, latencyMs: number): void {
    this.decisions.inc({ decision, decided_by: decidedBy });
    if (decidedBy !== 'none') this.durations.observe(secondsOf(latencyMs));
  }

  notLogged(count: number): void {
    this.lost.inc(count);
  }
}
