import { describe, expect, it } from 'vitest';
import { maskUrl, redact, tokensOf } from './mask-url.js';

describe('maskUrl', () => {
  it.each([
    [
      'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef',
      'https://oapi.dingtalk.com/robot/send?access_token=****cdef',
    ],
    [
      'https://open.feishu.cn/open-apis/bot/v2/hook/0198c1f2-7a10-7b3c-8d4e-0000000000ab',
      'https://open.feishu.cn/open-apis/bot/v2/hook/****00ab',
    ],
    [
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0198c1f2-7a10-7b3c-8d4e-0000000000ab',
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=****00ab',
    ],
    [
      'https://hooks.slack.com/services/T0000/B0000/XXXXXXXXXXXXXXXXXXXXwxyz',
      'https://hooks.slack.com/services/T0000/B0000/****wxyz',
    ],
    ['https://alerts.example:8443/in?pin=1234', 'https://alerts.example:8443/in?pin=****'],
    ['http://10.0.0.7/alerts', 'http://10.0.0.7/alerts'],
  ])('%s is shown as %s', (url, masked) => {
    expect(maskUrl(url)).toBe(masked);
  });
});

it('an answer that repeats what it was sent shows no secret', () => {
  const url = 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef';
  const answer = 'token 0123456789abcdef0123456789abcdef with SECxyz is not valid';
  expect(redact(answer, [...tokensOf(url), 'SECxyz', ''])).toBe('token **** with **** is not valid');
});
