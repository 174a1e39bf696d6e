/** Lists what a webhook can subscribe to, and the event table of the integration guide. */
import { BUILT_IN_EVENTS, type ListedEvent } from '@im/contracts/events/event-list';
import type { LocalizedText } from '@im/contracts/events/define';
import { patternsOf } from '@im/contracts/events/names';

export interface EventRow {
  event: string;
  payload: string;
  description: LocalizedText;
}

export interface EventFamily {
  /** Such as `message.*`. */
  pattern: string;
  eventCount: number;
}

export interface EventGroup {
  /** First segment of the names: `message`. */
  name: string;
  families: EventFamily[];
  events: EventRow[];
}

/** The events that nearly every integration starts with; the table shows these before it is unfolded. */
const FIRST_EVENTS: readonly string[] = [
  'message.sent',
  'message.revoked',
  'message.edited',
  'message.read',
  'friend.request.sent',
  'friend.request.accepted',
  'friend.request.rejected',
  'group.join.request.sent',
  'group.join.request.accepted',
  'group.join.request.rejected',
  'blacklist.added',
  'blacklist.removed',
];

export const EVENT_ROWS: readonly EventRow[] = Object.entries<ListedEvent>(BUILT_IN_EVENTS).map(
  ([event, { payload, payloadAlias, description }]) => ({
    event,
    payload: payloadAlias ?? payload,
    description,
  }),
);

/** Rows of the event table: all that match a search, else the first ones, else (unfolded) all, first ones on top. */
export function visibleEventRows(search: string, isUnfolded: boolean): EventRow[] {
  const wanted = search.trim().toLowerCase();
  if (wanted !== '') return EVENT_ROWS.filter((row) => textOf(row).includes(wanted));
  const first = FIRST_EVENTS.flatMap((name) => EVENT_ROWS.filter((row) => row.event === name));
  return isUnfolded ? [...first, ...EVENT_ROWS.filter((row) => !first.includes(row))] : first;
}

/** The catalogue by first segment, each with the families of more than one event. */
export function groupEvents(): EventGroup[] {
  const counts = countFamilies();
  const names = [...new Set(EVENT_ROWS.map((row) => firstSegment(row.event)))];
  return names.map((name) => {
    const families = [...counts]
      .filter(([pattern, count]) => count > 1 && firstSegment(pattern) === name)
      .map(([pattern, eventCount]) => ({ pattern, eventCount }))
      .sort((one, other) => one.pattern.length - other.pattern.length);
    return { name, families, events: EVENT_ROWS.filter((row) => firstSegment(row.event) === name) };
  });
}

function countFamilies(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { event } of EVENT_ROWS) {
    for (const pattern of patternsOf(event).slice(1)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return counts;
}

function firstSegment(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

function textOf(row: EventRow): string {
  return [row.event, row.payload, row.description.zh, row.description.en].join('\n').toLowerCase();
}
