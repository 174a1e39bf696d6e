import { describe, expect, it } from 'vitest';
import { judgeAnswer, type PlatformAnswer } from './judge-answer.js';

function answer(body: unknown, override: Partial<PlatformAnswer> = {}): PlatformAnswer {
  const responseBody = typeof body === 'string' ? body : JSON.stringify(body);
  return { responseStatus: 200, responseBody, errorMessage: null, retryAfterMs: null, ...override };
}

const sent = { isSent: true, errorMessage: null, restMs: null };

describe('an answer that means success', () => {
  it.each([
    ['dingtalk', { errcode: 0, errmsg: 'ok' }],
    ['wecom', { errcode: 0, errmsg: 'ok' }],
    ['feishu', { code: 0, msg: 'success', data: {} }],
    ['feishu', { StatusCode: 0, StatusMessage: 'success' }],
    ['slack', 'ok'],
    ['webhook', ''],
    ['webhook', '{"errcode":1}'],
  ] as const)('of %s: %j', (kind, body) => {
    expect(judgeAnswer(kind, answer(body))).toEqual(sent);
  });
});

describe('a 200 that means failure', () => {
  it.each([
    [
      'dingtalk',
      { errcode: 310000, errmsg: 'keywords not in content' },
      /keywords not in content.*security settings.*310000/,
    ],
    ['dingtalk', { errcode: 300001, errmsg: 'token is not exist' }, /access_token in the URL is not valid/],
    ['wecom', { errcode: 93000, errmsg: 'invalid webhook url' }, /key in the URL is not valid/],
    ['feishu', { code: 19021, msg: 'sign match fail' }, /signing secret is wrong/],
    ['feishu', { code: 19024, msg: 'Key Words Not Found' }, /keyword/],
    ['wecom', { errcode: 40058 }, /no reason given \(code 40058\)/],
    ['dingtalk', '<html>login</html>', /not one of DingTalk: check the URL/],
    ['feishu', '[]', /not one of Feishu/],
  ] as const)('of %s: %j', (kind, body, message) => {
    const verdict = judgeAnswer(kind, answer(body));
    expect(verdict.isSent).toBe(false);
    expect(verdict.errorMessage).toMatch(message);
  });
});

describe('a platform that asks to wait', () => {
  it.each([
    ['dingtalk', answer({ errcode: 130101, errmsg: 'send too fast' }), 600_000],
    ['wecom', answer({ errcode: 45009, errmsg: 'api freq out of limit' }), 60_000],
    ['feishu', answer({ code: 11232, msg: 'too many request' }), 60_000],
    [
      'slack',
      answer('rate_limited', { responseStatus: 429, errorMessage: '429', retryAfterMs: 30_000 }),
      30_000,
    ],
    ['webhook', answer('', { responseStatus: 503, errorMessage: '503', retryAfterMs: 7_000 }), 7_000],
    ['dingtalk', answer({ errcode: 310000, errmsg: 'x' }), null],
  ] as const)('%s', (kind, given, restMs) => {
    expect(judgeAnswer(kind, given)).toMatchObject({ isSent: false, restMs });
  });
});

it('Slack says why in plain text', () => {
  const gone = answer('channel_is_archived', {
    responseStatus: 410,
    errorMessage: 'The receiver answered 410 Gone.',
  });
  expect(judgeAnswer('slack', gone).errorMessage).toBe(
    'Slack refused the message: channel_is_archived – the channel is archived',
  );
});

it('where nothing came back, the network’s words count', () => {
  const nothing = {
    responseStatus: null,
    responseBody: null,
    errorMessage: 'x refused.',
    retryAfterMs: null,
  };
  expect(judgeAnswer('dingtalk', nothing)).toEqual({
    isSent: false,
    errorMessage: 'x refused.',
    restMs: null,
  });
});
