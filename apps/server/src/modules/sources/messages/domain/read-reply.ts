/** Reads from the answer of a receiver what it wants the bot to say. */
import { sendSourceMessageRequestSchema } from '@im/contracts/api/sources';
import type { BotMessage } from './bot-message.js';

export type ReadReply =
  | { kind: 'none' }
  | { kind: 'message'; message: Omit<BotMessage, 'dialogId'> }
  /** It asks for one, but not in a form that can be sent. */
  | { kind: 'invalid'; reason: string };

/** Further fields are left alone: they may be meant for another reader. */
const replySchema = sendSourceMessageRequestSchema.omit({ dialogId: true, key: true }).strip();

/** @param isTruncated only its beginning was kept */
export function readReply(answer: string, isTruncated: boolean): ReadReply {
  let value: unknown;
  try {
    value = JSON.parse(answer);
  } catch {
    return isTruncated
      ? { kind: 'invalid', reason: 'The answer is too long: of an answer the first 16 KiB are read' }
      : { kind: 'none' };
  }
  const reply = typeof value === 'object' && value !== null && 'reply' in value ? value.reply : undefined;
  if (typeof reply !== 'object' || reply === null) return { kind: 'none' };
  const parsed = replySchema.safeParse(usable(reply));
  if (parsed.success) return { kind: 'message', message: parsed.data };
  const [issue] = parsed.error.issues;
  const field = ['reply', ...(issue?.path ?? [])].join('.');
  return { kind: 'invalid', reason: `The answer's ${field} cannot be sent: ${issue?.message ?? ''}` };
}

/** An id may be a number, and null is as good as nothing. */
function usable(reply: object): object {
  const fields = Object.entries(reply).filter(([, value]) => value !== null);
  return Object.fromEntries(
    fields.map(([name, value]) => [
      name,
      name === 'replyTo' && typeof value === 'number' ? String(value) : (value as unknown),
    ]),
  );
}

/** @param payload of a `bot.message` that came from DooTask @returns null: it names no dialog that can be answered */
export function dialogOf(payload: string): string | null {
  try {
    const { message } = JSON.parse(payload) as { message?: { conversationId?: unknown } | null };
    const conversationId = message?.conversationId;
    return typeof conversationId === 'string'
      ? (/^dootask:(\d{1,64})$/.exec(conversationId)?.[1] ?? null)
      : null;
  } catch {
    return null;
  }
}
