/** The events of the catalogue, written out by the plugin `event-reference`. */
declare module 'virtual:event-reference' {
  import type { FieldDescription } from '@im/contracts/events/describe-fields';
  import type { LocalizedText } from '@im/contracts/events/define';

  export interface EventEntry {
    event: string;
    payload: string;
    description: LocalizedText;
    fields: FieldDescription[];
    example: Record<string, unknown>;
  }

  const entries: readonly EventEntry[];
  export default entries;
}
