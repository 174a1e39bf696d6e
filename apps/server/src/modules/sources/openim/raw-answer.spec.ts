import { describe, expect, it } from 'vitest';
import { findCommand } from './mapping/commands.js';
import { readOpenimAnswer } from './raw-answer.js';

const MODIFY = findCommand('callbackBeforeMsgModifyCommand')!;

describe('an answer in OpenIM’s own form', () => {
  it.each([
    ['{}', 'allow', null, null, null],
    ['{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}\n', 'allow', null, null, null],
    ['{"actionCode":1,"nextCode":1,"errCode":5001}', 'allow', null, null, null],
    ['{"nextCode":2}', 'allow', null, null, null],
    ['{"errCode":5001,"nextCode":0}', 'allow', null, null, null],
    ['{"errCode":404}', 'allow', null, null, null],
    ['{"nextCode":null}', 'allow', null, null, null],
    ['{"nextCode":1}', 'deny', null, null, null],
    ['{"NEXTCODE":1,"errCode":6000,"errMsg":"m","errDlt":"d"}', 'deny', 6_000, 'd', null],
    ['{"nextCode":1,"errMsg":"m","errDlt":" "}', 'deny', null, 'm', null],
    ['{"nextCode":true}', 'deny', null, null, null],
    ['{"nextCode":1.0}', 'deny', null, null, null],
    ['{"nextCode":"1"}', 'deny', null, null, null],
    ['{"nextCode":0,"NextCode":1}', 'deny', null, null, null],
    ['{"content":"{}","recvID":null}', 'modify', null, null, { content: '{}' }],
  ])('%s', (text, decision, code, reason, changes) => {
    expect(readOpenimAnswer(MODIFY, {}, text)).toEqual({ decision, code, reason, changes, rawAnswer: text });
  });

  it.each([
    '',
    'null',
    '[]',
    '1',
    'true',
    '"{}"',
    '{',
    '{"nextCode":"x"}',
    '{"errMsg":5}',
    '{"errCode":2147483648}',
    '\uFEFF{}',
  ])('is none: %s', (text) => {
    expect(readOpenimAnswer(MODIFY, {}, text)).toBeNull();
  });
});
