/** What is shown of an open delivery, as the URL has it: a tab, and which attempt in it. */

const DETAIL_TABS = ['timeline', 'request', 'response', 'payload'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

export interface DetailPlace {
  tab: DetailTab;
  /** Undefined: none was chosen; the newest is shown, also when a newer one comes. */
  attempt?: number | undefined;
}

/** The parameter that belongs to one delivery, unlike the tab. */
export const ATTEMPT = 'attempt';

/** @param query of the URL; what it does not name, or names wrongly, is the first tab and the newest attempt */
export function readDetailPlace({ tab, attempt }: Readonly<Record<string, unknown>>): DetailPlace {
  return {
    tab: readDetailTab(tab),
    attempt: typeof attempt === 'string' && /^[1-9]\d{0,3}$/.test(attempt) ? Number(attempt) : undefined,
  };
}

/** @param value of the URL or of the tabs; anything else is the first tab */
export function readDetailTab(value: unknown): DetailTab {
  return DETAIL_TABS.find((tab) => tab === value) ?? 'timeline';
}

/** Parameters with undefined are left out of the URL. */
export function detailQuery({ tab, attempt }: DetailPlace): Record<'tab' | 'attempt', string | undefined> {
  return {
    tab: tab === 'timeline' ? undefined : tab,
    attempt: attempt === undefined ? undefined : String(attempt),
  };
}
