import { Batcher } from '../batching/batcher.js';
import type { ConfigVersion } from './config-version.js';

/** Far more than one process meets at a time, yet bounded. */
const MAX_ENTRIES = 20_000;
const MAX_LOADS_PER_QUERY = 500;

/** Remembers parts of the configuration by key for as long as the configuration stays as it is. */
export class ConfigCache<Value> {
  private entries = new Map<string, Value>();
  private readonly loads: Batcher<string, Value | undefined>;

  /** @param load answers what exists; absent keys are asked for again next time */
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
        // Into the map of before: when the configuration changed meanwhile, nobody looks into that one any more.
        for (const [key, value] of loaded) entries.set(key, value);
        return keys.map((key) => loaded.get(key));
      },
    });
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
