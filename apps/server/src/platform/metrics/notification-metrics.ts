import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import { secondsOf } from './seconds.js';

const DURATION_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Messages about alerts that this process handed to a channel, or tried to. */
export class NotificationMetrics {
  private readonly attempts;
  private readonly duration;

  constructor(registry: Registry) {
    const registers = [registry];
    this.attempts = new Counter({
      name: 'im_callback_notifications_total',
      help: 'Messages about alerts by kind of channel and result: sent, failed (to be tried again, or given up)',
      labelNames: ['kind', 'result'],
      registers,
    });
    this.duration = new Histogram({
      name: 'im_callback_notification_duration_seconds',
      help: 'Time a channel took for a message',
      labelNames: ['kind'],
      buckets: DURATION_BUCKETS,
      registers,
    });
  }

  attempted(kind: string, isSent: boolean, durationMs: number): void {
    this.attempts.labels(kind, isSent ? 'sent' : 'failed').inc();
    this.duration.labels(kind).observe(secondsOf(durationMs));
  }
}
