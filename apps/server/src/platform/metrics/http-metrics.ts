import { Histogram, type Registry } from '@prometheus-io/client';
import { secondsOf } from './seconds.js';

const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Requests this process answered. */
export class HttpMetrics {
  private readonly duration;
  /** Bound once for each combination that occurs; routes are patterns, so there are few. */
  private readonly bound = new Map<string, { observe: (seconds: number) => void }>();

  constructor(registry: Registry) {
    this.duration = new Histogram({
      name: 'im_callback_http_request_duration_seconds',
      help: 'Time from the arrival of a request to the last byte of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: DURATION_BUCKETS,
      registers: [registry],
    });
  }

  /** @param route the pattern, such as `/api/v1/apps/:appKey`, never the path itself */
  answered(method: string, route: string, status: number, durationMs: number): void {
    const key = `${method} ${route} ${status}`;
    let duration = this.bound.get(key);
    if (!duration) {
      duration = this.duration.labels(method, route, String(status));
      this.bound.set(key, duration);
    }
    duration.observe(secondsOf(durationMs));
  }
}
