/** Describes a conflict: the code says only that there is one, and the server's sentence is English only. */
import type { MessageKey } from '../../i18n/i18n.js';

const CONFLICTS: readonly [path: RegExp, text: MessageKey][] = [
  [/\/totp/, 'errors.conflict.secondFactor'],
  [/^\/members/, 'errors.conflict.member'],
  [/^\/tenants\//, 'errors.conflict.tenant'],
  [/^\/tenant$/, 'errors.conflict.secondFactorRule'],
  [/^\/notification-channels$/, 'errors.conflict.channels'],
  [/\/deliveries\/[^/]+\/redeliver$/, 'errors.conflict.redeliver'],
  [/\/deliveries\/[^/]+\/cancel$/, 'errors.conflict.cancel'],
  [/\/alerts\//, 'errors.conflict.alert'],
  [/\/recover$|\/recoveries\//, 'errors.conflict.recovery'],
  [/\/token\/activate$/, 'errors.conflict.token'],
  [/\/portal-links$/, 'errors.conflict.portalLinks'],
  [/\/sources$/, 'errors.conflict.sources'],
  [/\/check-config$/, 'errors.conflict.checkConfig'],
  [/\/sources\/[^/]+\/messages$/, 'errors.conflict.sourceMessage'],
  [/^\/event-types$/, 'errors.conflict.eventTypes'],
  [/^\/event-types\//, 'errors.conflict.eventType'],
  [/\/secret\/activate$/, 'errors.conflict.secret'],
];

/** @param path of the API that answered `conflict`; undefined when there are no words for it */
export function conflictText(path: string): MessageKey | undefined {
  return CONFLICTS.find(([pattern]) => pattern.test(path))?.[1];
}
