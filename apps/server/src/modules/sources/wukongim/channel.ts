/**
 * Finds the conversation that a channel is. WuKongIM names a person's channel in three ways: by the peer (v2), by both
 * users as `u2@u1` (v3, either order), and wrongly (v2, of the system's messages and of commands).
 */
import type { ConversationType } from '@im/contracts/events/fields';

/** The sender of messages that the IM server or its operator sends. */
export const SYSTEM_UID = '____system';
/** Ends the ids of channels that carry commands. */
const COMMAND_SUFFIX = '____cmd';

/** Numbers of WuKongIM's channel types; all others are conversations of many, of which the number is kept. */
const PERSON = 1;
const GROUP = 2;
/** Made for one command to a list of users: no conversation. */
const TEMPORARY = 8;

/** Where a message was sent. */
export interface Place {
  conversationId: string;
  conversationType: ConversationType;
  receiverId?: string;
  groupId?: string;
}

export interface Channel {
  id: string;
  type: number;
}

export function isCommandChannel(channelId: string): boolean {
  return channelId.endsWith(COMMAND_SUFFIX);
}

/** @returns null when the request does not say to whom it was sent */
export function placeOf(channel: Channel, senderId: string): Place | null {
  const isCommand = isCommandChannel(channel.id);
  const id = isCommand ? channel.id.slice(0, -COMMAND_SUFFIX.length) : channel.id;
  if (id === '' || (isCommand && channel.type === TEMPORARY)) return null;
  switch (channel.type) {
    case PERSON: {
      const receiverId = peerOf(id, senderId, isCommand);
      if (receiverId === null) return null;
      return { conversationId: singleOf(senderId, receiverId), conversationType: 'single', receiverId };
    }
    case GROUP:
      return { conversationId: `group:${id}`, conversationType: 'group', groupId: id };
    default:
      return { conversationId: `channel:${String(channel.type)}:${id}`, conversationType: 'channel' };
  }
}

/** The same for both directions and for all versions. */
function singleOf(one: string, other: string): string {
  const [first, second] = one < other ? [one, other] : [other, one];
  return `single:${first}:${second}`;
}

function peerOf(id: string, senderId: string, isCommand: boolean): string | null {
  const [one = '', other, ...rest] = id.split('@');
  // No user id has an `@`.
  if (rest.length > 0) return null;
  if (other !== undefined) {
    const peer = one === senderId ? other : other === senderId ? one : '';
    return peer === '' ? null : peer;
  }
  // v2 puts the sender there when it lost the recipient, as it does for half of them.
  const isLost = id === senderId && (isCommand || senderId === SYSTEM_UID);
  return isLost ? null : id;
}
