/** Tells deliveries of the same event name apart: by the message, the conversation and the receiver of their events. */
import { idSchema } from '@im/contracts/events/fields';

export interface EventSubject {
  messageId?: string;
  conversationId?: string;
  receiverId?: string;
}

/** Longer payloads are not read: a list or a live stream would spend its time on them. */
export const MAX_SUBJECT_PAYLOAD = 4_096;

const NAMES = ['messageId', 'conversationId', 'receiverId'] as const;

/**
 * What is stored with an event goes first; the rest is taken from its payload.
 *
 * Values that are no ids (not text, empty, over 200 characters) are left out: they may be content.
 *
 * @param payload raw JSON text; null: unknown. One of more than {@link MAX_SUBJECT_PAYLOAD} characters is not read
 */
export function subjectOf(
  stored: { messageId?: string | null; conversationId: string | null },
  payload: string | null,
): EventSubject {
  const named = payload === null || payload.length > MAX_SUBJECT_PAYLOAD ? {} : fieldsOf(payload);
  const subject: EventSubject = {};
  for (const name of NAMES) {
    const value = name === 'receiverId' ? named[name] : (stored[name] ?? named[name]);
    if (typeof value === 'string' && idSchema.safeParse(value).success) subject[name] = value;
  }
  return subject;
}

/** Own fields only, since any name may be in a payload. */
function fieldsOf(payload: string): Partial<Record<(typeof NAMES)[number], unknown>> {
  const data: unknown = JSON.parse(payload);
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(Object.entries(data).filter(([name]) => NAMES.some((known) => known === name)));
}
