import { Batcher } from '../batching/batcher.js';
import type { ConfigVersion } from './config-version.js';

/** More than a process needs at a time. */
const MAX_ENTRIES = 20_000;
const MAX_LOADS_PER_QUERY = 500;

/** Caches parts of the configuration by key until the configuration changes. */
export class ConfigCache<Value> {
  private entries = new Map<string, Value>();
  private readonly loads: Batcher<string, Value | undefined>;

  /** @param load returns what exists; absent keys are loaded again next time */
  constructor(
    private readonly version: ConfigVersion,
    load: (keys: string[]) => Promise<ReadonlyMap<string, Value>>,
  ) {
    version.onChange(() => {
      this.entries = new Map();
    });
    this.loads = new Batcher({
      maxItems: MAX_LOADS_PER_QUERY,
      concurrency: 2,
      run: async (keys) => {
        const entries = this.entries;
        const loaded = await load([...new Set(keys)]);
        if (entries.size + loaded.size > MAX_ENTRIES) entries.clear();
        // Into the map from before the query, which is no longer read if the configuration changed meanwhile.
        for (const [key, value] of loaded) entries.set(key, value);
        return keys.map((key) => loaded.get(key));
      },
    });
  }

  /** What is cached at {@link ConfigVersion.current}, which may have changed by now. */
  peek(key: string): Value | undefined {
    return this.entries.get(key);
  }

  /** @param asOf not older than this, see {@link ConfigVersion.check} @returns undefined when there is none */
  async get(key: string, asOf?: number): Promise<Value | undefined> {
    await this.version.check(asOf);
    return this.entries.get(key) ?? this.loads.add(key);
  }

  /** @param asOf as for {@link get} @returns those that exist */
  async getAll(keys: Iterable<string>, asOf?: number): Promise<Map<string, Value>> {
    await this.version.check(asOf);
    const found = new Map<string, Value>();
    const missing: string[] = [];
    for (const key of keys) {
      const value = this.entries.get(key);
      if (value === undefined) missing.push(key);
      else found.set(key, value);
    }
    if (missing.length === 0) return found;
    const loaded = await Promise.all(missing.map((key) => this.loads.add(key)));
    missing.forEach((key, index) => {
      const value = loaded[index];
      if (value !== undefined) found.set(key, value);
    });
    return found;
  }
}
