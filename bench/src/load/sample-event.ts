/** Makes events as an IM server sends them: text messages, and other events, whose `data` has about 600 bytes. */
import { findEvent } from '@im/contracts/events/catalogue';

const TEXT =
  '周五下午三点的评审会改到四点,会议室换成 3 楼的 A305,请把材料提前发到群里,谢谢大家。See you on Friday!';

const REST_OF_DATA = JSON.stringify({
  clientMessageId: 'c-7f0a2b9e41d84c53',
  conversationType: 'single',
  senderId: 'u10086',
  senderNickname: '林晓',
  senderPlatform: 'ios',
  receiverId: 'u10010',
  contentType: 'text',
  content: { text: TEXT },
  text: TEXT,
  seq: 4182,
  status: 'normal',
  sentAt: '2026-11-20T06:12:45.318Z',
}).slice(1);

/** Events of all families, for webhooks that each want another one. */
export const SAMPLE_EVENTS = [
  'message.sent',
  'message.read',
  'message.revoked',
  'message.edited',
  'message.offline',
  'friend.request.sent',
  'friend.added',
  'group.created',
  'group.updated',
  'user.online',
] as const;

/** Their `data` is a message. */
const MESSAGES: ReadonlySet<string> = new Set(['message.sent', 'message.revoked', 'message.edited']);

/**
 * @param sequence identifies this event in a run, at the receiver too
 * @param withId lets the same event be sent again without harm
 */
export function sampleEvent(event: string, sequence: number, conversations: number, withId: boolean): string {
  const id = withId ? `"id":"e-${String(sequence)}",` : '';
  return `{${id}"event":"${event}","data":${dataOf(event, sequence, conversations)}}`;
}

function dataOf(event: string, sequence: number, conversations: number): string {
  if (MESSAGES.has(event)) return sampleData(sequence, conversations);
  return `{"sequence":${String(sequence)},${restOf(event)}`;
}

const rests = new Map<string, string>();

/** The catalogue's example, made as long as a message by a field that the catalogue does not know. */
function restOf(event: string): string {
  const known = rests.get(event);
  if (known !== undefined) return known;
  const rest = JSON.stringify({ ...findEvent(event)?.example, extra: TEXT + TEXT }).slice(1);
  rests.set(event, rest);
  return rest;
}

/** A message alone. */
export function sampleData(sequence: number, conversations: number): string {
  const conversation = `c-${String(sequence % conversations)}`;
  return `{"sequence":${String(sequence)},"messageId":"m-${String(sequence)}","conversationId":"${conversation}",${REST_OF_DATA}`;
}
