/** Finds the checks of tenants' event types, for ingest. */
import { Injectable } from '@nestjs/common';
import type { FieldError } from '@im/contracts/problem';
import { ConfigCache } from '../../platform/database/config-cache.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import { CheckBudget, QUICK_CHECK } from '../../platform/json-schema/check-budget.js';
import { CheckSchemasService } from '../../platform/json-schema/check-schemas.service.js';
import { compileSchema, type CompiledSchema } from '../../platform/json-schema/compile-schema.js';
import { EventTypesRepository } from './data/event-types.repository.js';

/** Checks the events of one request that the tenant defines. They share a budget. */
export interface EventChecks {
  /** Whether the tenant has an event type of that name, possibly overriding a built-in one. */
  has: (event: string) => boolean;
  /**
   * @param data the payload, and its JSON text
   * @returns the mismatches, with pointers from the root of `data`
   */
  check: (event: string, data: unknown, json: string) => Promise<FieldError[]>;
}

/** Of a tenant without event types of its own. */
const NO_CHECKS: EventChecks = {
  has: () => false,
  check: () => Promise.resolve([]),
};

/** Cached schemas; a compiled one takes some ten kilobytes. */
const MAX_SCHEMAS = 500;
/** Characters of a schema that is compiled and checked on the event loop; longer ones take long to compile. */
const MAX_QUICK_SCHEMA = 4_000;

interface Schema {
  /** As JSON. */
  text: string;
  /** null: it is checked in another thread. */
  quick: CompiledSchema | null;
}

@Injectable()
export class FindEventTypesService {
  /** Present versions by name, by tenant. */
  private readonly versions: ConfigCache<ReadonlyMap<string, number>>;
  /** By `tenantId/name/version`, the least recently used first. A version never changes. */
  private readonly schemas = new Map<string, Promise<Schema | undefined>>();

  constructor(
    private readonly repository: EventTypesRepository,
    private readonly checkSchemas: CheckSchemasService,
    version: ConfigVersion,
  ) {
    this.versions = new ConfigCache(version, (tenantIds) => repository.currentVersions(tenantIds));
  }

  /** @returns JSON text of the example payload; undefined: the tenant has no such event type */
  async exampleOf(tenantId: string, name: string): Promise<string | undefined> {
    return (await this.repository.find(tenantId, name))?.example;
  }

  /** @param asOf not older than this, monotonic milliseconds */
  async checksOf(tenantId: string, asOf?: number): Promise<EventChecks> {
    const versions = await this.versions.get(tenantId, asOf);
    if (!versions || versions.size === 0) return NO_CHECKS;
    const budget = new CheckBudget(QUICK_CHECK);
    return {
      has: (event) => versions.has(event),
      check: async (event, data, json) => {
        const version = versions.get(event);
        const schema = version === undefined ? undefined : await this.schemaOf(tenantId, event, version);
        if (!schema) throw new Error('Versions of schemas are never deleted');
        const faults = schema.quick?.tryCheck(data, json.length, budget);
        return faults ?? this.checkSchemas.check(tenantId, schema.text, json, budget.left);
      },
    };
  }

  /** Concurrent callers share one read of the schema. */
  private schemaOf(tenantId: string, name: string, version: number): Promise<Schema | undefined> {
    const key = `${tenantId}/${name}/${String(version)}`;
    const known = this.schemas.get(key);
    const schema = known ?? this.load(tenantId, name, version);
    // To the end of the order.
    this.schemas.delete(key);
    this.schemas.set(key, schema);
    if (!known) {
      schema.catch(() => this.schemas.delete(key));
      for (const oldest of this.schemas.keys()) {
        if (this.schemas.size <= MAX_SCHEMAS) break;
        this.schemas.delete(oldest);
      }
    }
    return schema;
  }

  private async load(tenantId: string, name: string, version: number): Promise<Schema | undefined> {
    const text = await this.repository.schemaOf(tenantId, name, version);
    if (text === undefined) return undefined;
    const isQuick = text.length <= MAX_QUICK_SCHEMA;
    return { text, quick: isQuick ? compileSchema(JSON.parse(text) as Record<string, unknown>) : null };
  }
}
