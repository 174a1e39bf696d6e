/** Names the types that the documents and the page are made of. */
import type { LocalizedText } from '@im/contracts/events/define';

/** A JSON Schema, or another object of a document. */
export type JsonSchema = Record<string, unknown>;

/** Of titles and descriptions; names are English in both. */
export type Language = keyof LocalizedText;
