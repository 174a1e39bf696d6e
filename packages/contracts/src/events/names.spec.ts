import { describe, expect, it } from 'vitest';
import { eventNameSchema, eventPatternSchema, patternsOf, wantsEvent } from './names.js';

describe('patternsOf', () => {
  it.each([
    ['message.sent', ['message.sent', 'message.*']],
    [
      'group.join.request.sent',
      ['group.join.request.sent', 'group.join.request.*', 'group.join.*', 'group.*'],
    ],
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
    ['message', false, false],
    ['message.', false, false],
    ['.sent', false, false],
    ['message..sent', false, false],
    ['Message.sent', false, false],
    ['2fa.used', false, false],
    ['message.sent\n', false, false],
    ['消息.已发', false, false],
    ['', false, false],
    [`a.${'b'.repeat(98)}`, true, true],
    [`a.${'b'.repeat(99)}`, false, false],
  ])('%j is a name: %s, is a pattern: %s', (text, isName, isPattern) => {
    expect(eventNameSchema.safeParse(text).success).toBe(isName);
    expect(eventPatternSchema.safeParse(text).success).toBe(isPattern);
  });
});
