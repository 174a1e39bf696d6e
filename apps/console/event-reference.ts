/**
 * Serves the catalogue's events with their fields as the module `virtual:event-reference`: written out at build time,
 * since the schemas they come from would bring zod into the browser.
 */
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import { describeFields } from '@im/contracts/events/describe-fields';
import type { Plugin } from 'vite';

const NAME = 'virtual:event-reference';
const RESOLVED = `\0${NAME}`;

export function eventReference(): Plugin {
  return {
    name: 'event-reference',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? `export default ${JSON.stringify(entries())};` : undefined),
  };
}

function entries() {
  return EVENT_CATALOGUE.map(({ event, payload, payloadAlias, description, schema, example }) => ({
    event,
    payload: payloadAlias ?? payload,
    description,
    fields: describeFields(schema),
    example,
  }));
}
