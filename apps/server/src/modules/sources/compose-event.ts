/** Makes events of what adapters read: of the catalogue where its schema is met, else `<kind>.<command>` with the original. */
import type { SourceKind } from '@im/contracts/api/source-constants';
import { findEvent } from '@im/contracts/events/catalogue';
import type { SourceEvent } from './source-kind.js';

/** An event's name has at most 100 characters of these. */
const NOT_IN_NAMES = /[^A-Za-z0-9_./:-]+/g;
const MAX_COMMAND_LENGTH = 80;

export interface Original {
  kind: SourceKind;
  command: string;
  /** The body as JSON text of an object, and parsed with exact numbers. */
  payload: string;
  data: Readonly<Record<string, unknown>>;
  occurredAt?: Date | null;
  conversationId?: string | null;
  repeat?: SourceEvent['repeat'];
}

/** The event with the original body, for what the catalogue has no event for or too few of whose fields are known. */
export function originalEvent(original: Original): SourceEvent {
  const { kind, command, payload, data } = original;
  return {
    event: originalName(kind, command),
    occurredAt: original.occurredAt ?? null,
    conversationId: original.conversationId ?? null,
    payload,
    data,
    repeat: original.repeat ?? null,
  };
}

/** `<kind>.<command>`, as an event may be named. */
export function originalName(kind: SourceKind, command: string): string {
  const name = command
    .replaceAll(NOT_IN_NAMES, '_')
    .split(/[./:]+/)
    .map((part) => part.slice(0, MAX_COMMAND_LENGTH))
    .filter((part) => part !== '')
    .join('.')
    .slice(0, MAX_COMMAND_LENGTH);
  return `${kind}.${name.replace(/[./:]+$/, '') || 'unknown'}`;
}

/**
 * An event of the catalogue, or the original when its schema is not met: nothing is invented.
 *
 * @param data fields of the payload; those that are undefined are left out
 */
export function catalogueEvent(
  event: string,
  data: Readonly<Record<string, unknown>>,
  original: Original,
): SourceEvent {
  const present = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
  const definition = findEvent(event);
  if (!definition?.schema.safeParse(present).success) return originalEvent(original);
  const { conversationId } = present;
  return {
    event,
    occurredAt: original.occurredAt ?? null,
    conversationId: original.conversationId ?? (typeof conversationId === 'string' ? conversationId : null),
    payload: JSON.stringify(present),
    data: present,
    repeat: original.repeat ?? null,
  };
}
