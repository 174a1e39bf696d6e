import { z } from 'zod';

const SEGMENT = '[a-z][a-z0-9_]*';
const EVENT_NAME = new RegExp(`^${SEGMENT}(\\.${SEGMENT})+$`);
const EVENT_PATTERN = new RegExp(`^${SEGMENT}(\\.${SEGMENT})*\\.(\\*|${SEGMENT})$`);

export const eventNameSchema = z
  .string()
  .max(100)
  .regex(EVENT_NAME, 'is not an event name such as message.sent');

/** What a webhook subscribes to: an event's name, or a family such as `message.*` or `group.join.*`. */
export const eventPatternSchema = z
  .string()
  .max(100)
  .regex(
    EVENT_PATTERN,
    'is not an event name such as message.sent or a family such as message.* (an empty list stands for every event)',
  );

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
  return patterns.length === 0 || patternsOf(event).some((pattern) => patterns.includes(pattern));
}

/** The family of a pattern such as `message.*`, as names begin with it: `message.`; null: the pattern is a name. */
export function familyOf(pattern: string): string | null {
  return pattern.endsWith('.*') ? pattern.slice(0, -1) : null;
}
