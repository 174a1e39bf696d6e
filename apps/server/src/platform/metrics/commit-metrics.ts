import { Histogram, type Registry } from '@prometheus-io/client';
import { secondsOf } from './seconds.js';

/** Which shared commit: events with their deliveries, or outcomes of attempts. */
export type CommitKind = 'ingest' | 'outcomes';

const DURATION_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30];
const SIZE_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** The commits that many callers share. */
export class CommitMetrics {
  private readonly durations;
  private readonly sizes;

  constructor(registry: Registry) {
    const duration = new Histogram({
      name: 'im_callback_commit_duration_seconds',
      help: 'Time from the start of a shared transaction to the end of its commit',
      labelNames: ['kind'],
      buckets: DURATION_BUCKETS,
      registers: [registry],
    });
    const size = new Histogram({
      name: 'im_callback_commit_batch_size',
      help: 'Events (ingest) or attempts (outcomes) that shared a commit',
      labelNames: ['kind'],
      buckets: SIZE_BUCKETS,
      registers: [registry],
    });
    this.durations = { ingest: duration.labels('ingest'), outcomes: duration.labels('outcomes') };
    this.sizes = { ingest: size.labels('ingest'), outcomes: size.labels('outcomes') };
  }

  /** @param size how many events or attempts it carried */
  committed(kind: CommitKind, durationMs: number, size: number): void {
    this.durations[kind].observe(secondsOf(durationMs));
    this.sizes[kind].observe(size);
  }
}
