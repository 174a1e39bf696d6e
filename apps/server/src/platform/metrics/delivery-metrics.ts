import { errorClassSchema, type ErrorClass } from '@im/contracts/api/deliveries';
import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import { secondsOf } from './seconds.js';
import { watchNumber } from './watch-number.js';

/** How an attempt ended: delivered, to be tried again, or given up. */
export type AttemptOutcome = 'success' | 'retry' | 'failed';

/** How a worker got a delivery: by a hint, or by a sweep that found its row due. */
export type ClaimSource = 'hint' | 'sweep';

/** The current load of one worker. */
export interface WorkerLoad {
  /** Requests on their way to a receiver. */
  inFlight: number;
  /** Claimed deliveries that wait in this process. */
  buffered: number;
  /** Lanes in use: each keeps the deliveries of one webhook apart from the others. */
  lanes: number;
}

const DURATION_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const LATENCY_BUCKETS = [0.002, 0.004, 0.008, 0.016, 0.04, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800];

type AttemptCounts = Record<AttemptOutcome, Map<ErrorClass | null, { inc: () => void }>>;

/** Counts attempts and the load of workers. No label names a webhook, since their number is unbounded. */
export class DeliveryMetrics {
  private readonly attemptCounts: AttemptCounts;
  private readonly durations;
  private readonly latency;
  private readonly claims;
  private readonly leases;
  private readonly sweeps;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.attemptCounts = countAttempts(registry);
    const duration = new Histogram({
      name: 'im_callback_attempt_duration_seconds',
      help: 'Time an attempt took, from the wait for a connection to the end of the answer',
      labelNames: ['outcome'],
      buckets: DURATION_BUCKETS,
      registers,
    });
    this.durations = {
      success: duration.labels('success'),
      retry: duration.labels('retry'),
      failed: duration.labels('failed'),
    };
    this.latency = new Histogram({
      name: 'im_callback_delivery_latency_seconds',
      help: 'Time from the acceptance of an event to the end of the first attempt to deliver it',
      buckets: LATENCY_BUCKETS,
      registers,
    });
    const claims = new Counter({
      name: 'im_callback_deliveries_claimed_total',
      help: 'Deliveries this process took over: from a hint in the queue, or found by a sweep',
      labelNames: ['source'],
      registers,
    });
    this.claims = { hint: claims.labels('hint'), sweep: claims.labels('sweep') };
    for (const claim of Object.values(this.claims)) claim.inc(0);
    this.leases = new Counter({
      name: 'im_callback_leases_renewed_total',
      help: 'Deliveries whose lease was extended because their attempt was still to be made or under way',
      registers,
    });
    this.sweeps = new Counter({
      name: 'im_callback_sweeps_total',
      help: 'Looks at the database for overdue deliveries',
      registers,
    });
  }

  /** @param errorClass null exactly when the attempt was a success */
  attempted(outcome: AttemptOutcome, errorClass: ErrorClass | null, durationMs: number): void {
    this.attemptCounts[outcome].get(errorClass)?.inc();
    this.durations[outcome].observe(secondsOf(durationMs));
  }

  /** @param latencyMs from the event's acceptance to the end of the delivery's first attempt */
  firstAttemptEnded(latencyMs: number): void {
    this.latency.observe(secondsOf(latencyMs));
  }

  claimed(source: ClaimSource, count: number): void {
    this.claims[source].inc(count);
  }

  leasesRenewed(count: number): void {
    this.leases.inc(count);
  }

  swept(): void {
    this.sweeps.inc();
  }

  /** Call once in a process with the worker role; `read` is called at each scrape and must be cheap. */
  watchLoad(read: () => WorkerLoad): void {
    const watch = (name: string, help: string, of: (load: WorkerLoad) => number) =>
      watchNumber(this.registry, name, help, () => of(read()));
    watch('im_callback_deliveries_in_flight', 'Requests on their way to receivers', (load) => load.inFlight);
    watch(
      'im_callback_deliveries_buffered',
      'Deliveries claimed by this process that wait to be sent',
      (load) => load.buffered,
    );
    watch('im_callback_lanes', 'Lanes in use in this process', (load) => load.lanes);
  }
}

/** All of them from the start at 0, so that the first failure of its class is an increase Prometheus can see. */
function countAttempts(registry: Registry): AttemptCounts {
  const attempts = new Counter({
    name: 'im_callback_attempts_total',
    help: 'Attempts by outcome (success, retry, failed) and class of error',
    labelNames: ['outcome', 'error_class'],
    registers: [registry],
  });
  const bind = (outcome: AttemptOutcome) => {
    const classes = outcome === 'success' ? [null] : errorClassSchema.options;
    return new Map<ErrorClass | null, { inc: () => void }>(
      classes.map((errorClass) => {
        const count = attempts.labels(outcome, errorClass ?? 'none');
        count.inc(0);
        return [errorClass, count];
      }),
    );
  };
  return { success: bind('success'), retry: bind('retry'), failed: bind('failed') };
}
