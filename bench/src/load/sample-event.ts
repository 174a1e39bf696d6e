/** Makes events as an IM server sends them: a text message whose `data` has about 600 bytes. */

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

/**
 * @param sequence identifies this event in a run, at the receiver too
 * @param withId lets the same event be sent again without harm
 */
export function sampleEvent(event: string, sequence: number, conversations: number, withId: boolean): string {
  const id = withId ? `"id":"e-${String(sequence)}",` : '';
  return `{${id}"event":"${event}","data":${sampleData(sequence, conversations)}}`;
}

/** A message alone. */
export function sampleData(sequence: number, conversations: number): string {
  const conversation = `c-${String(sequence % conversations)}`;
  return `{"sequence":${String(sequence)},"messageId":"m-${String(sequence)}","conversationId":"${conversation}",${REST_OF_DATA}`;
}
