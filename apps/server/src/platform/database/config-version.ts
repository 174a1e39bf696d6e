/**
 * Detects changes of the cached configuration (tokens, apps, webhooks).
 *
 * Every change increments one number in its own commit (triggers of the schema). A reader of a cache checks that number
 * first; concurrent checks share one query. So a change takes effect everywhere from its commit on, also without Redis
 * and through a pooler that allows no LISTEN.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Batcher } from '../batching/batcher.js';
import { PreparedQuery } from './prepared-query.js';

const MAX_CHECKS_PER_QUERY = 10_000;

const READ_VERSION = new PreparedQuery<{ version: number }>('SELECT version FROM config_version');

/** The configuration changed after a request had taken it from a cache; nothing was done. */
export class ConfigurationChanged extends Error {
  constructor() {
    super('The configuration changed while the request was handled');
  }
}

@Injectable()
export class ConfigVersion {
  private version = 0;
  /** When the last completed read started; monotonic milliseconds. */
  private readAt = -Infinity;
  private readonly listeners: (() => void)[] = [];
  private readonly checks: Batcher<undefined, undefined>;

  constructor(private readonly dataSource: DataSource) {
    this.checks = new Batcher({
      maxItems: MAX_CHECKS_PER_QUERY,
      concurrency: 1,
      run: async (askers) => {
        await this.read();
        return askers;
      },
    });
  }

  /**
   * Once it resolves, no cache contains anything that was changed before the instant.
   *
   * @param asOf monotonic milliseconds; absent: now
   */
  async check(asOf = performance.now()): Promise<void> {
    if (this.readAt < asOf) await this.checks.add(undefined);
  }

  /** The version that the caches have; a statement may check it in its own round trip, see `insertEvents`. */
  get current(): number {
    return this.version;
  }

  /** Whether the configuration is another one than at this version. */
  async hasMovedFrom(version: number): Promise<boolean> {
    await this.check();
    return this.version !== version;
  }

  /** @param listener called when the configuration changed */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /**
   * Takes the number from another query.
   *
   * @param askedAt before that query was sent, monotonic milliseconds
   */
  observe(version: number, askedAt: number): void {
    if (version < this.version) return;
    if (version !== this.version) for (const listener of this.listeners) listener();
    this.version = version;
    this.readAt = Math.max(this.readAt, askedAt);
  }

  private async read(): Promise<void> {
    const askedAt = performance.now();
    const rows = await READ_VERSION.run(this.dataSource, []);
    this.observe(rows[0]?.version ?? 0, askedAt);
  }
}
