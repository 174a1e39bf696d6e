/** Names what the documents and the page share. */
import type { LocalizedText } from '@im/contracts/events/define';

/** A JSON Schema, or another object of a document. */
export type JsonSchema = Record<string, unknown>;

/** Of titles and descriptions; names are English in both. */
export type Language = keyof LocalizedText;

export const API_TITLE = {
  en: 'IM Callback Console API',
  zh: 'IM 回调控制台 API',
} as const satisfies LocalizedText;
