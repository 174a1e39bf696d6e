/** Shortens what a row says of its event's subject: message and conversation, then the receiver. */
import type { Delivery } from '@im/contracts/api/deliveries';

export type WithSubject = Pick<Delivery, 'messageId' | 'conversationId' | 'receiverId'>;

/** Two rows of one table must not look the same: an id keeps its beginning and its end. */
const MAX_LENGTH = 12;
const HEAD = 5;
const TAIL = 5;

export function shortId(id: string): string {
  const letters = Array.from(id);
  return letters.length <= MAX_LENGTH
    ? id
    : `${letters.slice(0, HEAD).join('')}…${letters.slice(-TAIL).join('')}`;
}

/** `m1 · c1 → u2`, or as much of it as the event has; `''` if it has nothing. */
export function describeSubject(
  { messageId, conversationId, receiverId }: WithSubject,
  short: boolean,
): string {
  const shown = (id: string) => (short ? shortId(id) : id);
  const from = [messageId, conversationId].flatMap((id) => (id === undefined ? [] : [shown(id)])).join(' · ');
  return [from, receiverId === undefined ? '' : `→ ${shown(receiverId)}`]
    .filter((part) => part !== '')
    .join(' ');
}
