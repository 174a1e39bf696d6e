/** Interprets a text typed into the log's search. */
import { errorClassSchema } from '@im/contracts/api/deliveries';
import { EVENT_NAMES } from '@im/contracts/events/event-list';

export type Search =
  /** An id of this service: of a delivery, a callback or an event. It may also be a message's. */
  | { kind: 'ownId'; id: string }
  /** Events or error classes of that name. */
  | { kind: 'oneOf'; column: 'event' | 'error_class'; values: readonly string[] }
  /** The id of a message, a conversation or a user, whole. */
  | { kind: 'id'; id: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Shorter texts match too many names. */
const SHORTEST_NAME_PART = 3;

/**
 * Ids are searched whole, through an index. Names are few, so a part of one is enough: `message.`, `kicked`, `timeout`.
 *
 * @param q not blank
 * @param ownNames of the tenant's event types, those that contain {@link partOfName}
 */
export function interpretSearch(q: string, ownNames: readonly string[] = []): Search {
  const text = q.trim();
  if (UUID.test(text)) return { kind: 'ownId', id: text.toLowerCase() };
  const part = partOfName(q);
  if (part !== null) {
    const events = [...EVENT_NAMES.filter((name) => name.includes(part)), ...ownNames];
    if (events.length > 0) return { kind: 'oneOf', column: 'event', values: events };
    const classes = errorClassSchema.options.filter((name) => name.includes(part));
    if (classes.length > 0) return { kind: 'oneOf', column: 'error_class', values: classes };
  }
  return { kind: 'id', id: text };
}

/** The text as a part of a name; null when it cannot be one. */
export function partOfName(q: string): string | null {
  const part = q.trim().toLowerCase();
  return part.length < SHORTEST_NAME_PART || UUID.test(part) ? null : part;
}
