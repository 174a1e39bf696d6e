import type { EventType, EventTypeVersion } from '@im/contracts/api/event-types';
import { parseExactly } from '@im/contracts/exact-json';
import { findEvent } from '@im/contracts/events/catalogue';
import type { EventTypeRow, EventTypeVersionRow } from './data/event-types.repository.js';

type Json = Record<string, unknown>;

export function presentSummary(row: Pick<EventTypeRow, 'name' | 'descriptionZh' | 'descriptionEn'>) {
  return {
    name: row.name,
    origin: 'own' as const,
    overridesBuiltIn: findEvent(row.name) !== undefined,
    description: { zh: row.descriptionZh, en: row.descriptionEn },
  };
}

export function presentEventType(row: EventTypeRow): EventType {
  return {
    ...presentSummary(row),
    externalId: row.externalId,
    version: row.version,
    schema: parseExactly(row.schema) as Json,
    example: parseExactly(row.example) as Json,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    createdBy: row.createdBy,
    updatedBy: row.updatedBy,
  };
}

export function presentEventTypeVersion(row: EventTypeVersionRow): EventTypeVersion {
  return {
    name: row.name,
    version: row.version,
    schema: parseExactly(row.schema) as Json,
    example: parseExactly(row.example) as Json,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}
