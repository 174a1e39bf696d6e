import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import { secondsOf } from './seconds.js';

/** Counts the requests of IM servers. No label has a token. */
export class SourceMetrics {
  private readonly requests;
  private readonly refusals;
  private readonly durations;

  constructor(registry: Registry) {
    const registers = [registry];
    this.requests = new Counter({
      name: 'im_callback_source_requests_total',
      help: 'Requests of sources by kind and by what became of them',
      labelNames: ['kind', 'outcome'],
      registers,
    });
    this.refusals = new Counter({
      name: 'im_callback_source_refused_total',
      help: 'Requests below /in/ that belong to no source, by reason; they are answered so that the sender goes on',
      labelNames: ['reason'],
      registers,
    });
    this.durations = new Histogram({
      name: 'im_callback_source_answer_seconds',
      help: 'From the head of a source’s request to its answer',
      labelNames: ['kind'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
  }

  received(kind: string, outcome: string, durationMs: number): void {
    this.requests.inc({ kind, outcome });
    this.durations.observe({ kind }, secondsOf(durationMs));
  }

  /** @param reason one of a few words */
  refused(reason: string): void {
    this.refusals.inc({ reason });
  }
}
