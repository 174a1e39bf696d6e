import { randomUUID } from 'node:crypto';
import type { IngestEventRequest } from '@im/contracts/api/events';

export interface SampleEvent extends IngestEventRequest {
  data: Record<string, unknown>;
}

/** A text message, new each time. */
export function messageSent(
  data: Record<string, unknown> = {},
  override: Partial<IngestEventRequest> = {},
): SampleEvent {
  return {
    event: 'message.sent',
    data: {
      messageId: randomUUID(),
      conversationId: 'single_u1_u2',
      conversationType: 'single',
      senderId: 'u1',
      receiverId: 'u2',
      contentType: 'text',
      content: { text: 'hello' },
      status: 'normal',
      sentAt: '2026-11-21T08:00:00.000Z',
      ...data,
    },
    ...override,
  };
}

export function friendDeleted(data: Record<string, unknown> = {}): SampleEvent {
  return { event: 'friend.deleted', data: { ownerId: 'u1', friendId: 'u2', ...data } };
}
