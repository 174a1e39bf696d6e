/** Describes a pack of event types: their names with an example each. */
import type { LocalizedText } from '@im/contracts/events/define';

export interface PackedEventType {
  name: string;
  description: LocalizedText;
  example: Readonly<Record<string, unknown>>;
}

export interface PackOfEventTypes {
  name: string;
  description: LocalizedText;
  eventTypes: readonly PackedEventType[];
}

/**
 * A schema that names the fields of the example and accepts any object: senders leave fields out, and test payloads have
 * only some of them.
 */
export function lenientSchemaOf({ example }: PackedEventType): Record<string, unknown> {
  const fields = Object.entries(example).map(([field, value]) => [field, { examples: [value] }]);
  return { type: 'object', properties: Object.fromEntries(fields) as unknown };
}
