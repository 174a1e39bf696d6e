/** Groups event types by the first part of their names, and filters them. */
import { EVENT_NAMES } from '@im/contracts/events/event-list';
import type { EventTypeUsage } from '@im/contracts/api/event-type-usage';

/** Types whose names have one part only. */
export const WITHOUT_FAMILY = '';

export interface EventFamily {
  /** The first part of the names, such as `message`; {@link WITHOUT_FAMILY}. */
  key: string;
  types: EventTypeUsage[];
  deliveriesLastDay: number;
}

export interface EventTypeFilter {
  /** Part of the name or of the description, in any case. */
  q: string;
  /** '': of both. */
  origin: string;
}

/** Families of built-in events, in the order in which tables show them. */
const BUILT_IN_FAMILIES: readonly string[] = [...new Set(EVENT_NAMES.map(familyKeyOf))];

export function familyKeyOf(name: string): string {
  return /^([^./:]+)[./:]/.exec(name)?.[1] ?? WITHOUT_FAMILY;
}

/** The built-in families come first, then those of the tenant by name, then the types without one. */
export function groupByFamily(types: readonly EventTypeUsage[]): EventFamily[] {
  const families = new Map<string, EventTypeUsage[]>();
  for (const type of types) {
    const key = familyKeyOf(type.name);
    families.set(key, [...(families.get(key) ?? []), type]);
  }
  return [...families]
    .map(([key, members]) => ({
      key,
      types: members.toSorted(byListedName),
      deliveriesLastDay: members.reduce((total, { deliveriesLastDay }) => total + deliveriesLastDay, 0),
    }))
    .sort((one, other) => rankOf(one.key) - rankOf(other.key) || (one.key < other.key ? -1 : 1));
}

export function filterTypes(
  types: readonly EventTypeUsage[],
  { q, origin }: EventTypeFilter,
): EventTypeUsage[] {
  const sought = q.trim().toLowerCase();
  return types.filter(
    ({ name, description, ...type }) =>
      (origin === '' || type.origin === origin) &&
      [name, description.zh, description.en].some((text) => text.toLowerCase().includes(sought)),
  );
}

function rankOf(key: string): number {
  if (key === WITHOUT_FAMILY) return BUILT_IN_FAMILIES.length + 1;
  const index = BUILT_IN_FAMILIES.indexOf(key);
  return index === -1 ? BUILT_IN_FAMILIES.length : index;
}

/** Built-in ones in the order of the catalogue, then the others by name. */
function byListedName(one: EventTypeUsage, other: EventTypeUsage): number {
  const [first, second] = [one, other].map(({ name }) => EVENT_NAMES.indexOf(name));
  if (first === -1 && second === -1) return one.name < other.name ? -1 : 1;
  if (first === -1 || second === -1) return first === -1 ? 1 : -1;
  return (first ?? 0) - (second ?? 0);
}
