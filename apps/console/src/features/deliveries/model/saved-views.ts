/** Keeps views of the log: filters under a name, some built in, others a person's own. */
import { namesOfSet, readFilters, withoutFilters, type DeliveryFilters } from './delivery-filters.js';

export interface SavedView {
  name: string;
  filters: Partial<DeliveryFilters>;
}

export const MAX_VIEWS = 20;
export const MAX_NAME_LENGTH = 40;

/** In the order in which they are shown. */
export const BUILT_IN_VIEWS = {
  all: {},
  problem: { phase: 'problem' },
  retrying: { phase: 'retrying' },
  held: { phase: 'held' },
  failed: { status: 'failed' },
  test: { kind: 'test' },
} as const satisfies Record<string, Partial<DeliveryFilters>>;
export type BuiltInView = keyof typeof BUILT_IN_VIEWS;

/** All filters of a view, so that those set before end. */
export function filtersOf(view: Partial<DeliveryFilters>): DeliveryFilters {
  return { ...withoutFilters(), ...view };
}

export function isShowing(view: Partial<DeliveryFilters>, shown: DeliveryFilters): boolean {
  const wanted = filtersOf(view);
  return Object.entries(shown).every(([name, value]) => wanted[name as keyof DeliveryFilters] === value);
}

/** What the browser has kept, which may be of an earlier version or damaged. */
export function readViews(kept: unknown): SavedView[] {
  if (!Array.isArray(kept)) return [];
  return kept
    .flatMap((each: unknown) => {
      if (!isRecord(each) || typeof each.name !== 'string' || !isRecord(each.filters)) return [];
      const given = each.filters;
      const texts = Object.entries(given).filter(([, value]) => typeof value === 'string');
      return [viewOf(each.name, filtersOf(Object.fromEntries(texts)))];
    })
    .filter(({ name }) => name !== '')
    .slice(0, MAX_VIEWS);
}

/** With the view last; one of the same name is replaced. */
export function withView(views: readonly SavedView[], name: string, filters: DeliveryFilters): SavedView[] {
  const view = viewOf(name, filters);
  if (view.name === '') return [...views];
  return [...views.filter((other) => other.name !== view.name), view].slice(-MAX_VIEWS);
}

function viewOf(name: string, given: DeliveryFilters): SavedView {
  const filters = readFilters(given);
  const shortened = Array.from(name.trim()).slice(0, MAX_NAME_LENGTH).join('');
  const set = namesOfSet(filters).map((each) => [each, filters[each]]);
  return { name: shortened, filters: Object.fromEntries(set) as Partial<DeliveryFilters> };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
