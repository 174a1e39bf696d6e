/** Names the tabs of an open delivery as the URL has them. */

export const DETAIL_TABS = ['timeline', 'request', 'response', 'payload'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

/** @param value of the URL; anything else is the first tab */
export function readDetailTab(value: unknown): DetailTab {
  return DETAIL_TABS.find((tab) => tab === value) ?? 'timeline';
}
