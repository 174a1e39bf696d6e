/**
 * Exposes the metrics of the service for Prometheus. One facade: callers name what happened, never a metric or a label.
 * Recording is synchronous and takes some 100 ns; gauges are read at the scrape.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { collectDefaultMetrics, Gauge, Registry } from '@prometheus-io/client';
import { BeforeMetrics } from './before-metrics.js';
import { CommitMetrics } from './commit-metrics.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { EventMetrics } from './event-metrics.js';
import { HttpMetrics } from './http-metrics.js';
import { NotificationMetrics } from './notification-metrics.js';
import { SecretMetrics } from './secret-metrics.js';
import { SourceMetrics } from './source-metrics.js';
import { StateMetrics } from './state-metrics.js';
import { watchNumber } from './watch-number.js';

/** Jobs of one queue in Redis. */
export interface QueueDepth {
  waiting: number;
  active: number;
  delayed: number;
}

/** A slower collector is left out of the scrape; Prometheus gives up after 10 s. */
const COLLECT_WITHIN_MS = 2_000;

export class Metrics {
  private readonly registry = new Registry();
  private readonly collectors: (() => Promise<void>)[] = [];
  private readonly queueDepth;
  private readonly up;

  readonly before = new BeforeMetrics(this.registry);
  readonly events = new EventMetrics(this.registry);
  readonly commits = new CommitMetrics(this.registry);
  readonly deliveries = new DeliveryMetrics(this.registry);
  readonly http = new HttpMetrics(this.registry);
  readonly notifications = new NotificationMetrics(this.registry);
  readonly secrets = new SecretMetrics(this.registry);
  readonly sources = new SourceMetrics(this.registry);
  readonly state = new StateMetrics(this.registry);

  constructor(role: string) {
    collectDefaultMetrics({ register: this.registry });
    const registers = [this.registry];
    this.queueDepth = new Gauge({
      name: 'im_callback_queue_depth',
      help: 'Jobs in Redis by queue and state; the same in every process',
      labelNames: ['queue', 'state'],
      registers,
    });
    this.up = new Gauge({
      name: 'im_callback_dependency_up',
      help: '1 when this process reaches the dependency (postgresql, redis), else 0',
      labelNames: ['dependency'],
      registers,
    });
    new Gauge({
      name: 'im_callback_process_info',
      help: 'Always 1; the label says what the process does',
      labelNames: ['role'],
      registers,
    }).set({ role }, 1);
  }

  readonly contentType: string = Registry.PROMETHEUS_CONTENT_TYPE;

  /** Everything in the text format of Prometheus; never waits longer than two seconds for a collector. */
  async render(): Promise<string> {
    await Promise.all(this.collectors.map((collect) => collect()));
    return this.registry.metrics();
  }

  /** @param read null when unknown, for example while Redis is away */
  watchQueue(queue: string, read: () => Promise<QueueDepth | null>): void {
    this.watch(read, (depth) => {
      for (const state of ['waiting', 'active', 'delayed'] as const) {
        if (depth) this.queueDepth.set({ queue, state }, depth[state]);
        else this.queueDepth.remove(queue, state);
      }
    });
  }

  watchDependency(dependency: 'postgresql' | 'redis', isUp: () => Promise<boolean>): void {
    this.watch(isUp, (answer) => {
      this.up.set({ dependency }, answer === true ? 1 : 0);
    });
  }

  /** A number read at each scrape; `read` must be cheap. */
  watchNumber(name: string, help: string, read: () => number): void {
    watchNumber(this.registry, name, help, read);
  }

  /** @param show gets null when reading failed or took too long */
  watch<T>(read: () => Promise<T>, show: (reading: T | null) => void): void {
    this.collectors.push(async () => {
      const patience = new AbortController();
      const tooLate = delay(COLLECT_WITHIN_MS, null, { signal: patience.signal }).catch(() => null);
      show(await Promise.race([read().catch(() => null), tooLate]));
      patience.abort();
    });
  }
}
