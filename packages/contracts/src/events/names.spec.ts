import { describe, expect, it } from 'vitest';
import { eventNameSchema, eventPatternSchema } from './name-schemas.js';
import { isEventName, isEventPattern, isReservedName, patternsOf, wantsEvent } from './names.js';

describe('patternsOf', () => {
  it.each([
    ['message.sent', ['message.sent', 'message.*']],
    [
      'group.join.request.sent',
      ['group.join.request.sent', 'group.join.request.*', 'group.join.*', 'group.*'],
    ],
    ['pull_request', ['pull_request']],
    ['orders/create', ['orders/create']],
    ['shop:orders.eu/create.v2', ['shop:orders.eu/create.v2', 'shop:orders.eu/create.*', 'shop:orders.*']],
  ])('of %s are its name and its families, nearest first', (event, patterns) => {
    expect(patternsOf(event)).toEqual(patterns);
  });
});

describe('wantsEvent', () => {
  it.each<[patterns: string[], event: string, isWanted: boolean]>([
    [[], 'message.sent', true],
    [['message.sent'], 'message.sent', true],
    [['message.sent'], 'message.edited', false],
    [['message.*'], 'message.sent', true],
    [['message.*'], 'friend.added', false],
    [['group.*'], 'group.join.request.sent', true],
    [['group.join.*'], 'group.join.request.sent', true],
    [['group.join.*'], 'group.created', false],
    [['group.join.request.*'], 'group.join.request.accepted', true],
    [['friend.added', 'blacklist.*'], 'blacklist.removed', true],
    [['message'], 'message.sent', false],
    [['mess.*'], 'message.sent', false],
    [['message.sent.*'], 'message.sent', false],
    [['C2C.*'], 'C2C.CallbackAfterSendMsg', true],
    [['c2c.*'], 'C2C.CallbackAfterSendMsg', false],
    [['orders.*'], 'orders/create', false],
  ])('subscription %j and event %s: %s', (patterns, event, isWanted) => {
    expect(wantsEvent(patterns, event)).toBe(isWanted);
  });
});

describe('names and patterns', () => {
  it.each<[text: string, isName: boolean, isPattern: boolean]>([
    ['message.sent', true, true],
    ['group.join.request.sent', true, true],
    ['order_2.paid', true, true],
    ['message.*', false, true],
    ['group.join.*', false, true],
    ['*', false, false],
    ['*.sent', false, false],
    ['group.*.sent', false, false],
    ['message.se*', false, false],
    ['message', true, true],
    ['pull_request', true, true],
    ['C2C.CallbackAfterSendMsg', true, true],
    ['orders/create', true, true],
    ['com.example:user/signed-up.v2', true, true],
    ['orders/create.*', false, true],
    ['Message.sent', true, true],
    ['2fa.used', true, true],
    ['A--b__c', true, true],
    ['message.*.*', false, false],
    ['orders/*', false, false],
    ['orders:*', false, false],
    ['_a.b', false, false],
    ['-a', false, false],
    ['a./b', false, false],
    ['/orders/create', false, false],
    ['orders/', false, false],
    ['orders create', false, false],
    ['orders%2Fcreate', false, false],
    ['message.', false, false],
    ['.sent', false, false],
    ['message..sent', false, false],
    ['message.sent\n', false, false],
    ['消息.已发', false, false],
    ['', false, false],
    [`a.${'b'.repeat(98)}`, true, true],
    [`a.${'b'.repeat(99)}`, false, false],
  ])('%j is a name: %s, is a pattern: %s', (text, isName, isPattern) => {
    expect(eventNameSchema.safeParse(text).success).toBe(isName);
    expect(eventPatternSchema.safeParse(text).success).toBe(isPattern);
    expect(isEventName(text)).toBe(isName);
    expect(isEventPattern(text)).toBe(isPattern);
  });
});

describe('names kept for IM servers', () => {
  it.each([
    ['openim.callbackAfterSendSingleMsgCommand', true],
    ['wukongim/msg.notify', true],
    ['dootask:message', true],
    ['tencent-im.C2C', true],
    ['tencent-im', true],
    ['openimx.sent', false],
    ['my.openim.sent', false],
    ['tencent.sent', false],
  ])('%s is one: %s', (name, isReserved) => {
    expect(isReservedName(name)).toBe(isReserved);
  });
});
