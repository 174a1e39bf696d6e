import { Gauge, type Registry } from '@prometheus-io/client';

/** The state of the whole service from the rows, the same in every process. */
export interface ServiceState {
  /** Deliveries that wait for an attempt, due or not. */
  pendingDeliveries: number;
  /** How long the oldest of them has existed, milliseconds; 0 when there is none. */
  oldestPendingMs: number;
  /**
   * For how long the most overdue delivery has been due without a worker taking it, milliseconds; 0 when none is. Those
   * of paused and disabled webhooks, and those behind others of their conversation, are not overdue.
   */
  oldestOverdueMs: number;
  /** Webhooks by state of health. */
  webhooks: Readonly<Record<string, number>>;
}

/** Gauges of {@link ServiceState}; ask one process or take the maximum, never add them up. */
export class StateMetrics {
  private readonly pending;
  private readonly oldestPending;
  private readonly oldestOverdue;
  private readonly webhooks;

  constructor(registry: Registry) {
    const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
    this.pending = gauge(
      'im_callback_pending_deliveries',
      'Deliveries that wait for an attempt, in the whole service (estimated above 100,000)',
    );
    this.oldestPending = gauge(
      'im_callback_oldest_pending_age_seconds',
      'Age of the oldest delivery that waits for an attempt, its retries included',
    );
    this.oldestOverdue = gauge(
      'im_callback_oldest_overdue_seconds',
      'How long the most overdue delivery has waited for a worker (paused and disabled webhooks and ordered ones aside)',
    );
    this.webhooks = new Gauge({
      name: 'im_callback_webhooks',
      help: 'Webhooks by state of health',
      labelNames: ['health'],
      registers: [registry],
    });
    this.show(null);
  }

  /** @param state null when it could not be read: the series end instead of showing old values */
  show(state: ServiceState | null): void {
    this.webhooks.reset();
    if (!state) {
      for (const gauge of [this.pending, this.oldestPending, this.oldestOverdue]) gauge.remove();
      return;
    }
    this.pending.set(state.pendingDeliveries);
    this.oldestPending.set(state.oldestPendingMs / 1_000);
    this.oldestOverdue.set(state.oldestOverdueMs / 1_000);
    for (const [health, count] of Object.entries(state.webhooks)) this.webhooks.set({ health }, count);
  }
}
