/** Finds what a text in the command palette may mean: a page, an app, a webhook, or an id to trace. */
import type { AppSummary } from '@im/contracts/api/apps';
import type { Webhook } from '@im/contracts/api/webhooks';
import type { RouteLocationRaw } from 'vue-router';
import { paths } from '../shared/navigation/paths.js';

export const ENTRY_GROUPS = ['trace', 'pages', 'apps', 'webhooks'] as const;
export type EntryGroup = (typeof ENTRY_GROUPS)[number];

export interface PaletteEntry {
  group: EntryGroup;
  key: string;
  text: string;
  /** Distinguishes it from others of the same name. */
  detail: string;
  to: RouteLocationRaw;
}

export interface PaletteSources {
  pages: readonly { text: string; to: string }[];
  apps: readonly AppSummary[];
  /** Where an app is opened. */
  locationOf: (app: AppSummary) => RouteLocationRaw;
  /** Of the app that ids are traced in. */
  webhooks: readonly Webhook[];
  /** null: there is no app to trace in. */
  traceIn: string | null;
  traceText: (id: string) => string;
}

const MAX_PER_GROUP = 8;
const MAX_ID_LENGTH = 200;
/** Shorter words are names of pages rather than ids. */
const MIN_ID_LENGTH = 6;
const HAS_DIGIT_OR_JOINT = /[\d_:@|-]/;

export function paletteEntries(typed: string, sources: PaletteSources): PaletteEntry[] {
  const text = typed.trim();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (entry: PaletteEntry): boolean => {
    const haystack = `${entry.text} ${entry.detail}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  };
  const found = [pageEntries(sources), appEntries(sources), webhookEntries(sources)].flatMap((entries) =>
    entries.filter(matches).slice(0, MAX_PER_GROUP),
  );
  return [...traceEntries(text, found.length === 0, sources), ...found];
}

function traceEntries(
  text: string,
  isNothingElse: boolean,
  { traceIn, traceText }: PaletteSources,
): PaletteEntry[] {
  if (traceIn === null || text === '' || text.length > MAX_ID_LENGTH) return [];
  const looksLikeId = text.length >= MIN_ID_LENGTH && HAS_DIGIT_OR_JOINT.test(text);
  if (!looksLikeId && !isNothingElse) return [];
  const to = { path: paths.trace(traceIn), query: { q: text } };
  return [{ group: 'trace', key: 'trace', text: traceText(text), detail: '', to }];
}

function pageEntries({ pages }: PaletteSources): PaletteEntry[] {
  return pages.map(({ text, to }) => ({ group: 'pages', key: `page ${to}`, text, detail: '', to }));
}

function appEntries({ apps, locationOf }: PaletteSources): PaletteEntry[] {
  return apps.map((app) => ({
    group: 'apps',
    key: `app ${app.appKey}`,
    text: app.name,
    detail: app.appKey,
    to: locationOf(app),
  }));
}

function webhookEntries({ webhooks }: PaletteSources): PaletteEntry[] {
  return webhooks.map(({ appKey, webhookId, name, url }) => ({
    group: 'webhooks',
    key: `webhook ${webhookId}`,
    text: name || url,
    detail: name ? url : '',
    to: paths.webhook(appKey, webhookId),
  }));
}
