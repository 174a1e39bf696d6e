/** Titles the tab: what the page shows, of which app, in which product. */
import { computed, onScopeDispose, shallowReactive, type ComputedRef } from 'vue';

type TitlePart = () => readonly string[];

/** The titles of pages and their open parts; the innermost comes last. */
const subjects = shallowReactive<TitlePart[]>([]);
const surroundings = shallowReactive<TitlePart[]>([]);

/** Names what a page shows for as long as it is there: "message.sent failed", "Orders". Nothing: the page's own name. */
export function useTitleSubject(subject: TitlePart): void {
  addWhileThere(subjects, subject);
}

/** Names what the page belongs to. */
export function useTitleSurroundings(names: TitlePart): void {
  addWhileThere(surroundings, names);
}

/** @param pageName of the page by its route, where nothing on it says more */
export function useDocumentTitle(pageName: () => string, product: () => string): ComputedRef<string> {
  return computed(() => {
    const subject = subjects.map((part) => part()).findLast((names) => names.length > 0);
    const parts = [...(subject ?? [pageName()]), ...surroundings.flatMap((part) => part()), product()].filter(
      (part) => part !== '',
    );
    return [...new Set(parts)].join(' · ');
  });
}

function addWhileThere(parts: TitlePart[], part: TitlePart): void {
  parts.push(part);
  onScopeDispose(() => parts.splice(parts.indexOf(part), 1));
}
