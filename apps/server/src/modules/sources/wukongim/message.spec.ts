import { describe, expect, it } from 'vitest';
import { base64, eventsIn, messageWith } from '../../../testing/wukongim-requests.js';
import type { SourceEvent } from '../source-kind.js';

function readMessage(fields: Record<string, unknown>): SourceEvent | undefined {
  return eventsIn('msg.notify', [messageWith(fields)])[0];
}

describe('the conversation of a message', () => {
  it.each([
    ['u1', 'u2', 1, 'single:u1:u2', 'single'],
    ['u2', 'u1', 1, 'single:u1:u2', 'single'],
    ['u1', 'u1@u2', 1, 'single:u1:u2', 'single'],
    ['u1', '____system', 1, 'single:____system:u1', 'single'],
    ['____system', 'u2@____system', 1, 'single:____system:u2', 'single'],
    ['', 'u2', 1, 'single:____system:u2', 'single'],
    ['u1', 'g1', 2, 'group:g1', 'group'],
    ['u1', 'g1@x', 2, 'group:g1@x', 'group'],
    ['u1', 'topic', 5, 'channel:5:topic', 'channel'],
    ['u1', 'u1@agent', 11, 'channel:11:u1@agent', 'channel'],
  ])('from %j in channel %j of type %d is %s', (from_uid, channel_id, channel_type, id, type) => {
    const event = readMessage({ from_uid, channel_id, channel_type });
    expect(event).toMatchObject({ event: 'message.sent', conversationId: id });
    expect(event?.data.conversationType).toBe(type);
  });

  it.each([
    ['', '____system', 1],
    ['____system', '____system', 1],
    ['u1', '', 1],
    ['u3', 'u1@u2', 1],
    ['u1', 'u1@u2@u3', 1],
    ['u1', '@u1', 1],
    ['u1', `g${'x'.repeat(200)}`, 2],
    [undefined, 'u2', 1],
    ['u1', undefined, 1],
    ['u1', 'u2', undefined],
  ])('from %j in channel %j of type %j is not known: the original is delivered', (from, id, type) => {
    const fields = { from_uid: from, channel_id: id, channel_type: type };
    const event = readMessage(fields);
    expect(event).toMatchObject({ event: 'wukongim.msg.notify', conversationId: null });
    expect(JSON.parse(event?.payload ?? '')).toEqual(JSON.parse(JSON.stringify(messageWith(fields))));
  });
});

describe('a command', () => {
  const syncOnce = { header: { no_persist: 1, red_dot: 0, sync_once: 1 } };

  it.each([
    [{ ...syncOnce, channel_id: 'u2' }, 'u2', 'single:u1:u2'],
    [{ channel_id: 'u2@u1____cmd' }, 'u2', 'single:u1:u2'],
    [{ channel_id: 'u2____cmd' }, 'u2', 'single:u1:u2'],
    [{ channel_id: 'u1____cmd' }, undefined, undefined],
    [{ channel_id: 'g1____cmd', channel_type: 2 }, undefined, 'group:g1'],
    [{ channel_id: '5981089801182293990____cmd', channel_type: 8 }, undefined, undefined],
    [{ channel_id: '____system____cmd', from_uid: '' }, undefined, undefined],
  ])('%j is a notification to %j', (fields, receiverId, conversationId) => {
    const event = readMessage(fields);
    expect(event?.event).toBe('system.notification');
    expect(event?.data.receiverId).toBe(receiverId);
    expect(event?.data.conversationId).toBe(conversationId);
  });

  it('is of the type that its payload names', () => {
    const payload = base64('{"type":99,"cmd":"typing","param":{"n":1.50}}');
    const event = readMessage({ ...syncOnce, payload });
    expect(event?.data.notificationType).toBe('typing');
    expect(event?.payload).toContain('"content":{"type":99,"cmd":"typing","param":{"n":1.50}}');
  });

  it('in msg.offline names its recipients in extra', () => {
    const [event] = eventsIn('msg.offline', messageWith({ ...syncOnce, to_uids: ['u2', 'u3'] }));
    expect(event?.event).toBe('system.notification');
    expect(event?.data.extra).toMatchObject({ wukongim: { event: 'msg.offline', to_uids: ['u2', 'u3'] } });
  });
});

describe('a payload', () => {
  it.each([
    ['{"type":1,"content":"hi"}', 'text', 'hi'],
    ['{"type":1,"content":5}', 'text', undefined],
    ['{"type":2,"url":"x"}', 'image', undefined],
    ['{"type":4}', 'audio', undefined],
    ['{"type":8}', 'file', undefined],
    ['{"type":1002,"content":"{0} joined"}', '1002', undefined],
    ['{"type":"order"}', 'order', undefined],
    ['{"type":{}}', 'custom', undefined],
    ['{"a":1}', 'custom', undefined],
    ['"text"', 'custom', undefined],
    ['12345678901234567890', 'custom', undefined],
    ['\uFEFF{"type":1}', 'custom', undefined],
    ['['.repeat(5_000) + ']'.repeat(5_000), 'custom', undefined],
  ])('%.40s is of type %s', (json, contentType, text) => {
    const event = readMessage({ payload: base64(json) });
    expect(event?.event).toBe('message.sent');
    expect(event?.data.contentType).toBe(contentType);
    expect(event?.data.text).toBe(text);
  });

  it('keeps its numbers as they were written', () => {
    const event = readMessage({ payload: base64('{"type":1,"order":12345678901234567890,"price":1.50}') });
    expect(event?.payload).toContain('"order":12345678901234567890,"price":1.50');
  });

  it('names whom it mentions and what it answers', () => {
    const json = '{"type":1,"mention":{"all":1,"uids":["u3",7]},"reply":{"message_id":2127058933028753408}}';
    expect(readMessage({ payload: base64(json) })?.data).toMatchObject({
      mentionedUserIds: ['u3'],
      replyToMessageId: '2127058933028753408',
    });
  });

  it.each([[null], ['']])('%j is no content', (payload) => {
    expect(readMessage({ payload })?.data).toMatchObject({ contentType: 'custom', content: null });
  });

  it.each([[5], ['a'], ['####'], [{}]])('%j is none: the original is delivered', (payload) => {
    expect(readMessage({ payload })?.event).toBe('wukongim.msg.notify');
  });
});

describe('ids beyond 2^53', () => {
  const numbered = JSON.stringify(messageWith({ message_idstr: '' }));

  it('are read from the number when there is no text', () => {
    const body = numbered.replace('"setting":0', '"setting":0,"message_id":18446744073709551615');
    const [event] = eventsIn('msg.notify', `[${body}]`);
    expect(event?.data.messageId).toBe('18446744073709551615');
    expect(event?.repeat?.key).toBe('msg.notify:18446744073709551615');
  });

  it('of a sequence stay in extra, to the digit', () => {
    const body = JSON.stringify(messageWith({})).replace(
      '"message_seq":1',
      '"message_seq":18446744073709551615',
    );
    const [event] = eventsIn('msg.notify', body);
    expect(event?.data).not.toHaveProperty('seq');
    expect(event?.payload).toContain('"message_seq":18446744073709551615');
  });

  it('that are absent make no key of repeats', () => {
    const [event] = eventsIn('msg.notify', `[${numbered}]`);
    expect(event).toMatchObject({ event: 'wukongim.msg.notify', repeat: null });
  });
});
