/** Checks of the events that tenants define, for those who take events in. */
import { Injectable } from '@nestjs/common';
import { findEvent } from '@im/contracts/events/catalogue';
import { eventNameSchema } from '@im/contracts/events/names';
import type { FieldError } from '@im/contracts/problem';
import { ConfigCache } from '../../platform/database/config-cache.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import { CheckBudget } from '../../platform/json-schema/check-budget.js';
import { compileSchema, type CompiledSchema } from '../../platform/json-schema/compile-schema.js';
import { EventTypesRepository } from './data/event-types.repository.js';

/** @returns what does not fit, with pointers from the root of `data` */
type EventCheck = (data: unknown, size: number) => FieldError[];

/** What the events of a request are checked by; those of the catalogue are not among them. They share a budget. */
export type EventChecks = ReadonlyMap<string, EventCheck>;

export const NO_CHECKS: EventChecks = new Map();

/** Compiled schemas that are kept; one takes some ten kilobytes. */
const MOST_COMPILED = 500;

@Injectable()
export class FindEventTypesService {
  /** Present versions by `tenantId/name`; null: there is none. */
  private readonly versions: ConfigCache<number | null>;
  /** By `tenantId/name/version`, the least recently used first. What a version is never changes. */
  private readonly compiled = new Map<string, Promise<CompiledSchema | undefined>>();

  constructor(
    private readonly repository: EventTypesRepository,
    version: ConfigVersion,
  ) {
    this.versions = new ConfigCache(version, (keys) => repository.currentVersions(keys));
  }

  /**
   * @param names of events, whatever a sender wrote; undefined where it wrote no text
   * @param asOf not older than this, monotonic milliseconds
   * @returns checks by name; a name the tenant does not define is left out
   */
  async checksOf(tenantId: string, names: Iterable<unknown>, asOf?: number): Promise<EventChecks> {
    const own = [...new Set(names)].filter((name) => typeof name === 'string').filter(mayBeOwn);
    if (own.length === 0) return NO_CHECKS;
    const versions = await this.versions.getAll(
      own.map((name) => `${tenantId}/${name}`),
      asOf,
    );
    const checks = new Map<string, EventCheck>();
    const budget = new CheckBudget();
    for (const name of own) {
      const version = versions.get(`${tenantId}/${name}`) ?? null;
      const compiled = version === null ? undefined : await this.compiledOf(tenantId, name, version);
      if (compiled) checks.set(name, (data, size) => compiled.check(data, size, budget));
    }
    return checks;
  }

  /** One reading of the schema, however many ask for it at once. */
  private compiledOf(tenantId: string, name: string, version: number): Promise<CompiledSchema | undefined> {
    const key = `${tenantId}/${name}/${String(version)}`;
    const known = this.compiled.get(key);
    const compiled = known ?? this.compile(tenantId, name, version);
    // To the end of the order.
    this.compiled.delete(key);
    this.compiled.set(key, compiled);
    if (!known) {
      compiled.catch(() => this.compiled.delete(key));
      for (const oldest of this.compiled.keys()) {
        if (this.compiled.size <= MOST_COMPILED) break;
        this.compiled.delete(oldest);
      }
    }
    return compiled;
  }

  private async compile(
    tenantId: string,
    name: string,
    version: number,
  ): Promise<CompiledSchema | undefined> {
    const schema = await this.repository.schemaOf(tenantId, name, version);
    return schema === undefined ? undefined : compileSchema(JSON.parse(schema) as Record<string, unknown>);
  }
}

/** Whether the catalogue leaves the name to the tenant. */
function mayBeOwn(name: string): boolean {
  return !findEvent(name) && eventNameSchema.safeParse(name).success;
}
