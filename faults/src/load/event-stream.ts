/** Defines what is posted: three streams of events, each with its own app and webhooks. */
export const STREAM_NAMES = ['chat', 'edits', 'presence'] as const;
export type StreamName = (typeof STREAM_NAMES)[number];

export interface EventStream {
  event: string;
  /** Each conversation has one sender, whose next event waits for the answer to the one before. */
  senders: number;
  /** Its share of the load. */
  share: number;
  /** Whether a sender's events belong to one conversation. */
  hasConversation: boolean;
}

export const STREAMS: Readonly<Record<StreamName, EventStream>> = {
  chat: { event: 'message.sent', senders: 60, share: 0.6, hasConversation: true },
  edits: { event: 'message.edited', senders: 24, share: 0.28, hasConversation: true },
  presence: { event: 'user.online', senders: 8, share: 0.12, hasConversation: false },
};

const TEXT = '周五下午三点的评审会改到四点,请把材料提前发到群里。See you on Friday!';

/**
 * The request body of one event.
 *
 * @param sequence identifies it in a round, at the receiver too
 */
export function eventBody(stream: StreamName, sequence: number, sender: number, hasId: boolean): string {
  const { event, hasConversation } = STREAMS[stream];
  const data = hasConversation
    ? {
        sequence,
        messageId: `m-${String(sequence)}`,
        conversationId: conversationOf(stream, sender),
        conversationType: 'single',
        senderId: 'u10086',
        receiverId: 'u10010',
        contentType: 'text',
        content: { text: TEXT },
        text: TEXT,
        status: 'normal',
        sentAt: '2026-11-20T06:12:45.318Z',
      }
    : { sequence, userId: `u-${String(sender)}`, platform: 'ios' };
  return JSON.stringify({ ...(hasId && { id: `e-${String(sequence)}` }), event, data });
}

function conversationOf(stream: StreamName, sender: number): string {
  return `${stream}-${String(sender)}`;
}
