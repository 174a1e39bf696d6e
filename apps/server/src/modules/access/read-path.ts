/** Reads the parameters of a path: AppKeys as they are, ids and event names only if they are well-formed. */
import { isEventName } from '@im/contracts/events/names';
import type { PathParameter } from '@im/contracts/routes/route-types';
import { DomainError } from '../../platform/errors/domain-error.js';
import { isId } from '../../platform/http-server/id-page.js';

/** The resource that each parameter names. */
const THINGS: Readonly<Record<Exclude<PathParameter, 'appKey'>, string>> = {
  alertId: 'alert',
  channelId: 'notification channel',
  deliveryId: 'delivery',
  eventId: 'event',
  eventName: 'event type',
  linkId: 'portal link',
  memberId: 'member',
  packName: 'event type pack',
  recoveryId: 'recovery',
  requestId: 'request',
  sessionId: 'session',
  sourceId: 'source',
  tenantId: 'tenant',
  tokenId: 'API token',
  tunnelId: 'tunnel',
  webhookId: 'webhook',
};

/** In place of an id: what follows is the id that the caller has for it. */
export const EXTERNAL_ID_PREFIX = 'ext:';

export type PathParameters = Partial<Record<PathParameter, string>>;

/** @throws DomainError `not_found` for a malformed id or event name, since it cannot exist */
export function readPath(parameters: PathParameters): PathParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, text]) => [name, readParameter(name as PathParameter, text)]),
  );
}

function readParameter(name: PathParameter, text: string): string {
  if (name === 'appKey') return text;
  const isName = name === 'eventName' || name === 'packName';
  const value = isName ? text : text.toLowerCase();
  if (isName ? isEventName(value) : isId(value)) return value;
  throw DomainError.notFound(THINGS[name]);
}

/** The last resource that a path names, except the app. */
export function lastNamedIn(parameters: PathParameters): string | undefined {
  return Object.entries(parameters).findLast(([name]) => name !== 'appKey')?.[1];
}
