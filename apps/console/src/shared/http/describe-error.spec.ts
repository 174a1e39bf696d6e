import { ERROR_STATUS, type ErrorCode } from '@im/contracts/problem';
import { beforeEach, describe, expect, it } from 'vitest';
import { activateLocale, translate } from '../../i18n/i18n.js';
import { LOCALES } from '../../i18n/locales.js';
import { ApiError, parseRetryAfter } from './api-error.js';
import { describeError, describeFieldError, errorLine } from './describe-error.js';

const codes = Object.keys(ERROR_STATUS) as ErrorCode[];

describe.each(LOCALES)('errors in %s', (locale) => {
  beforeEach(() => activateLocale(locale));

  it.each(codes)('has words of its own for %s, and leaves the sentence of the server to the logs', (code) => {
    const error = new ApiError({ code, status: ERROR_STATUS[code], detail: 'The reason.', requestId: 'r1' });
    const { title, detail } = describeError(error, translate, locale);
    // Neither the bare key nor, as for a code without words, the reason itself.
    expect(title).not.toContain('errors.code');
    expect(`${title} ${detail}`).not.toContain('The reason.');
    expect(`${title} ${detail}`).not.toContain('r1');
  });

  it.each([
    ['/members/m1', /admin|管理员/],
    ['/tenants/t1', /tenant|租户/],
    ['/apps/ak_1/deliveries/d1/redeliver', /still|还在/],
    ['/apps/ak_1/alerts/a1/resolve', /alert|告警/],
    ['/apps/ak_1/webhooks/w1/secret/activate', /secret|密钥/],
    ['/apps/ak_1/sources/s1/token/activate', /token|令牌/],
    ['/apps/ak_1/sources', /sources|来源/],
    ['/apps/ak_1/sources/s1/check-config', /configuration|配置文件/],
    ['/apps/ak_1/sources/s1/messages', /DooTask/],
  ])('says what the conflict at %s is about', (path, words) => {
    const error = new ApiError({ code: 'conflict', status: 409, path, detail: 'The reason.' });
    expect(describeError(error, translate, locale).detail).toMatch(words);
  });
});

describe('describeError', () => {
  beforeEach(() => activateLocale('zh'));

  it.each([
    ['network_unreachable', 0, '连不上服务，请检查网络或稍后再试'],
    ['timed_out', 0, '服务没有在规定时间内回复'],
    ['unexpected_response', 502, '收到无法识别的回复（HTTP 502），请检查前面的代理'],
  ] as const)('says %s in its own words', (code, status, title) => {
    expect(describeError(new ApiError({ code, status }), translate, 'zh-CN').title).toBe(title);
  });

  it('uses the sentence of a newer server for a code it does not know', () => {
    const error = new ApiError({
      code: 'quota_exceeded' as ErrorCode,
      status: 402,
      detail: 'The quota is used up.',
    });
    expect(describeError(error, translate, 'zh-CN').title).toBe('The quota is used up.');
  });

  it('says how long to wait', () => {
    const error = new ApiError({ code: 'too_many_requests', status: 429, retryAfterMs: 30_000 });
    expect(errorLine(error, translate, 'zh-CN')).toBe('操作太频繁：请在 30 秒后再试');
  });

  it('names the faulty fields', () => {
    const error = new ApiError({
      code: 'invalid_input',
      status: 422,
      detail: 'One fault.',
      errors: [{ pointer: '/batch', code: 'unknown_field', message: 'is not known' }],
    });
    expect(describeError(error, translate, 'zh-CN').detail).toBe('/batch: 不认识这个字段');
  });

  it.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [422, 'invalid_input'],
  ] as const)('has nothing for the logs where it is up to the reader: %i', (status, code) => {
    const error = new ApiError({ code, status, requestId: 'r1', detail: 'No.' });
    expect(describeError(error, translate, 'zh-CN').diagnostics).toBeUndefined();
  });

  it('brings all there is for those who look into the logs', () => {
    const error = new ApiError({
      code: 'internal_error',
      status: 500,
      detail: 'Something broke.',
      path: '/apps',
      requestId: 'r1',
    });
    expect(describeError(error, translate, 'zh-CN').diagnostics).toBe(
      'internal_error (HTTP 500)\nSomething broke.\nAPI /apps\nX-Request-Id: r1',
    );
  });
});

describe('describeFieldError', () => {
  beforeEach(() => activateLocale('zh'));

  it.each([
    ['required', 'is required', '不能为空'],
    ['blocked_address', '10.0.0.1 is private', '这个地址不允许访问'],
    ['of_a_newer_server', 'is odd', 'is odd'],
  ])('describes %s', (code, message, expected) => {
    expect(describeFieldError({ pointer: '/url', code: code as 'required', message }, translate)).toBe(
      expected,
    );
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-05-21T08:00:00Z');

  it.each([
    ['30', 30_000],
    ['Thu, 21 May 2026 08:01:00 GMT', 60_000],
    ['Thu, 21 May 2026 07:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});
