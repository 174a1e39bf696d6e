/** Finds the page that a link of the documentation leads to. */
import { addressOf } from '../../../shared/http/service-address.js';
import { paths } from '../../../shared/navigation/paths.js';
import type { LinkName } from '../content/blocks.js';

interface DocLink {
  to: string;
  /** Served by the API, outside of the console. */
  isOutside: boolean;
}

const inside = (to: string): DocLink => ({ to, isOutside: false });
const outside = (to: string): DocLink => ({ to: addressOf(to), isOutside: true });

const LINKS: Readonly<Record<LinkName, (appKey: string) => DocLink>> = {
  webhooks: (appKey) => inside(paths.webhooks(appKey)),
  deliveries: (appKey) => inside(paths.appDeliveries(appKey)),
  debug: (appKey) => inside(paths.debug(appKey)),
  sources: (appKey) => inside(paths.sources(appKey)),
  tokens: () => inside(paths.apiTokens),
  eventTypes: () => inside(paths.eventTypes),
  apiDocs: () => outside('/api/docs'),
  openapi: () => outside('/api/openapi.json'),
  asyncapi: () => outside('/api/asyncapi.json'),
};

/** @returns undefined for a name that leads nowhere */
export function docLink(name: string, appKey: string): DocLink | undefined {
  return Object.hasOwn(LINKS, name) ? LINKS[name as LinkName](appKey) : undefined;
}
