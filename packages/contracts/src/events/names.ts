/** Reads the names of events, and decides which of them a subscription to names and families wants. */

import { SOURCE_KINDS } from '../api/source-constants.js';

export const MAX_EVENT_NAME_LENGTH = 100;

const NAME = '[A-Za-z0-9][A-Za-z0-9_-]*([./:][A-Za-z0-9_-]+)*';
export const EVENT_NAME = new RegExp(`^${NAME}$`);
/**
 * What a webhook subscribes to: an event's name, or a family such as `message.*` or `group.join.*`. Families end at a dot
 * only: `orders/create` is in none.
 */
export const EVENT_PATTERN = new RegExp(`^${NAME}(\\.\\*)?$`);

/** First parts that are reserved for events of IM servers, such as `openim.callbackAfterSendSingleMsgCommand`. */
const RESERVED: readonly string[] = SOURCE_KINDS;

export function isEventName(text: string): boolean {
  return text.length <= MAX_EVENT_NAME_LENGTH && EVENT_NAME.test(text);
}

export function isEventPattern(text: string): boolean {
  return text.length <= MAX_EVENT_NAME_LENGTH && EVENT_PATTERN.test(text);
}

/** Whether the name is reserved for an IM server's events, so that no tenant can define it. */
export function isReservedName(event: string): boolean {
  const [first = ''] = event.split(/[./:]/, 1);
  return RESERVED.includes(first);
}

/** Every pattern that wants the event: its name and its families, nearest first. */
export function patternsOf(event: string): string[] {
  const segments = event.split('.');
  const families = segments
    .slice(1)
    .map((_, index) => `${segments.slice(0, segments.length - 1 - index).join('.')}.*`);
  return [event, ...families];
}

/** Whether a webhook's subscription wants the event; an empty subscription wants every event. */
export function wantsEvent(patterns: readonly string[], event: string): boolean {
  if (patterns.length === 0) return true;
  // Called for each webhook of an app and each event, so it makes no list of the event's families.
  return patterns.some((pattern) => {
    const family = familyOf(pattern);
    return family === null ? pattern === event : event.startsWith(family);
  });
}

/** The prefix of a family pattern such as `message.*`: `message.`; null when the pattern is a name. */
export function familyOf(pattern: string): string | null {
  return pattern.endsWith('.*') ? pattern.slice(0, -1) : null;
}
