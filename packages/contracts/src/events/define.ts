import { z } from 'zod';

/** A text in both languages of the console. */
export interface LocalizedText {
  zh: string;
  en: string;
}

/** Descriptions of fields, kept beside the schema they describe (zod's registry knows one language only). */
export const fieldText = z.registry<LocalizedText>();

/** Gives a field its Chinese and English description. */
export function field<T extends z.ZodType>(schema: T, zh: string, en: string): T {
  const described = schema.clone() as T;
  fieldText.add(described, { zh, en });
  return described;
}

export interface EventDefinition<P extends z.ZodObject = z.ZodObject> {
  /** Such as `message.sent`. */
  event: string;
  /** The payload's name in code and documents, such as `ImMessage`. */
  payload: string;
  schema: P;
  /** When it is sent, one sentence. */
  description: LocalizedText;
  /** A complete payload, valid against `schema`; test sends use it. */
  example: z.input<P>;
}

/** One entry of the catalogue; the example is checked against the schema by type and by a test. */
export function defineEvent<P extends z.ZodObject>(definition: EventDefinition<P>): EventDefinition<P> {
  return definition;
}
