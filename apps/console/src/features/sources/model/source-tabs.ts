/** Lists the tabs of a source's page. */
import type { SourceKind } from '@im/contracts/api/source-constants';

const TABS = ['overview', 'requests', 'checklist'] as const;
export type SourceTab = (typeof TABS)[number] | 'messages';

/** Only a DooTask bot sends messages. */
export function tabsOf(kind: SourceKind): readonly SourceTab[] {
  return kind === 'dootask' ? [...TABS, 'messages'] : TABS;
}

/** @param text of the address; anything else is the overview */
export function readTab(kind: SourceKind, text: string): SourceTab {
  return tabsOf(kind).find((tab) => tab === text) ?? 'overview';
}
