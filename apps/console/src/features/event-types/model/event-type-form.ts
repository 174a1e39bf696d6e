/** Holds what a person types for an event type of their own, and makes requests of it. */
import { EVENT_TYPE_EXAMPLE_BYTES, EVENT_TYPE_SCHEMA_BYTES } from '@im/contracts/api/event-type-constants';
import type {
  CreateEventTypeRequest,
  EventType,
  UpdateEventTypeRequest,
} from '@im/contracts/api/event-types';
import { parseExactly } from '@im/contracts/exact-json';
import { findListedEvent, TEST_EVENT } from '@im/contracts/events/event-list';
import { isEventName, isReservedName, MAX_EVENT_NAME_LENGTH } from '@im/contracts/events/names';
import { externalIdOf } from '../../../shared/external-ids/external-id.js';
import { readJson } from './json-text.js';
import type { Json } from './schema-rows.js';

export interface EventTypeForm {
  name: string;
  descriptionZh: string;
  descriptionEn: string;
  externalId: string;
  schema: string;
  example: string;
  /** The person has agreed that it takes the place of the built-in one of that name. */
  overridesBuiltIn: boolean;
}

export type NameFault = 'nameRequired' | 'nameInvalid' | 'nameReserved' | 'nameTaken' | 'nameBuiltIn';
export type TextFault = 'notJson' | 'notObject' | 'tooLarge';

const NEW_SCHEMA = {
  type: 'object',
  properties: { id: { type: 'string' } },
  required: ['id'],
};

export function newForm(): EventTypeForm {
  return {
    ...{ name: '', descriptionZh: '', descriptionEn: '', externalId: '', overridesBuiltIn: false },
    ...{ schema: laidOut(NEW_SCHEMA), example: laidOut({ id: '1' }) },
  };
}

export function formOf(eventType: EventType): EventTypeForm {
  return {
    name: eventType.name,
    descriptionZh: eventType.description.zh,
    descriptionEn: eventType.description.en,
    externalId: eventType.externalId ?? '',
    schema: laidOut(eventType.schema),
    example: laidOut(eventType.example),
    overridesBuiltIn: eventType.overridesBuiltIn,
  };
}

/** A copy to be saved under a name that is free. */
export function copyOf(eventType: EventType, taken: ReadonlySet<string>): EventTypeForm {
  return {
    ...formOf(eventType),
    name: freeName(eventType.name, taken),
    externalId: '',
    overridesBuiltIn: false,
  };
}

/** Next to the original, so that it stays in its family: `message.sent.custom`, `message.sent.custom2`, … */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const base = name.slice(0, MAX_EVENT_NAME_LENGTH - '.custom999'.length);
  let free = `${base}.custom`;
  for (let count = 2; taken.has(free); count += 1) free = `${base}.custom${String(count)}`;
  return free;
}

/** @param taken names of the tenant's own types */
export function nameFaultOf(
  { name, overridesBuiltIn }: Pick<EventTypeForm, 'name' | 'overridesBuiltIn'>,
  taken: ReadonlySet<string>,
): NameFault | null {
  if (name === '') return 'nameRequired';
  if (!isEventName(name)) return 'nameInvalid';
  if (isReservedName(name) || name === TEST_EVENT) return 'nameReserved';
  if (taken.has(name)) return 'nameTaken';
  return isBuiltIn(name) && !overridesBuiltIn ? 'nameBuiltIn' : null;
}

export function isBuiltIn(name: string): boolean {
  return findListedEvent(name) !== undefined;
}

/** @param bytes as the service counts them: of the JSON on one line */
export function textFaultOf(text: string, bytes: number): TextFault | null {
  if (readJson(text).fault) return 'notJson';
  const value = parseExactly(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'notObject';
  return bytesOf(value) > bytes ? 'tooLarge' : null;
}

export const schemaFaultOf = (text: string) => textFaultOf(text, EVENT_TYPE_SCHEMA_BYTES);
export const exampleFaultOf = (text: string) => textFaultOf(text, EVENT_TYPE_EXAMPLE_BYTES);

export function toCreateRequest(form: EventTypeForm): CreateEventTypeRequest {
  const externalId = externalIdOf(form.externalId);
  return {
    name: form.name,
    description: { zh: form.descriptionZh.trim(), en: form.descriptionEn.trim() },
    schema: parsed(form.schema),
    example: parsed(form.example),
    ...(externalId !== null && { externalId }),
    ...(isBuiltIn(form.name) && { overridesBuiltIn: form.overridesBuiltIn }),
  };
}

/** Only what differs: an unchanged schema makes no version. */
export function toUpdateRequest(form: EventTypeForm, before: EventTypeForm): UpdateEventTypeRequest {
  const { description, schema, example } = toCreateRequest(form);
  const externalId = externalIdOf(form.externalId);
  const isSame = (one: string, other: string) =>
    JSON.stringify(parsed(one)) === JSON.stringify(parsed(other));
  const hasSameWords =
    form.descriptionZh === before.descriptionZh && form.descriptionEn === before.descriptionEn;
  return {
    ...(!hasSameWords && { description }),
    ...(externalId !== externalIdOf(before.externalId) && { externalId }),
    ...(!isSame(form.schema, before.schema) && { schema }),
    ...(!isSame(form.example, before.example) && { example }),
  };
}

/** On many lines, numbers as they were written. */
export function laidOut(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function parsed(text: string): Json {
  return parseExactly(text) as Json;
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
