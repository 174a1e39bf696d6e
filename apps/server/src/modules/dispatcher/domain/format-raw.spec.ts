import { describe, expect, it } from 'vitest';
import { callbackDelivery } from '../../../testing/callback-parts.js';
import type { RawRequest } from '../../delivery-store/domain/raw-request.js';
import { rawBody, rawUrl } from './format-raw.js';

const raw: RawRequest = {
  contentType: 'application/x-www-form-urlencoded',
  body: Buffer.from([0, 255, 97]),
  pathSuffix: null,
  query: null,
};
const delivery = callbackDelivery({ payload: '{"text":"你好","n":9007199254740993}', rawRequest: raw });

describe('the raw body', () => {
  it('is the very bytes of the source, under its content type', () => {
    expect(rawBody(delivery)).toEqual({ contentType: raw.contentType, body: raw.body });
  });

  it('of an event that came by HTTP is its payload', () => {
    const { contentType, body } = rawBody({ ...delivery, rawRequest: null });
    expect([contentType, body.toString('utf8')]).toEqual(['application/json', delivery.payload]);
  });

  it.each(['', 'text/plain\r\nX-App-Key: ak_2', 'text/plain; name="值"'])(
    'has a plain content type when that of the source, %j, cannot stand in a header',
    (contentType) => {
      expect(rawBody({ ...delivery, rawRequest: { ...raw, contentType } }).contentType).toBe(
        'application/octet-stream',
      );
    },
  );
});

describe('the raw address', () => {
  it.each<[string, Partial<RawRequest>, expected: string]>([
    ['https://e.com/cb', {}, 'https://e.com/cb'],
    ['https://e.com/cb', { pathSuffix: 'callbackAfterX' }, 'https://e.com/cb/callbackAfterX'],
    ['https://e.com/cb/', { pathSuffix: 'callbackAfterX' }, 'https://e.com/cb/callbackAfterX'],
    ['https://e.com', { pathSuffix: 'callbackAfterX' }, 'https://e.com/callbackAfterX'],
    ['https://e.com/cb?t=1', { pathSuffix: 'x' }, 'https://e.com/cb/x?t=1'],
    ['https://e.com/cb', { pathSuffix: 'x', query: 'key=a+b%3D=' }, 'https://e.com/cb/x?key=a+b%3D='],
    ['https://e.com/cb', { query: 'event=msg.notify' }, 'https://e.com/cb?event=msg.notify'],
    ['https://e.com/cb?t=1', { query: 'event=msg.notify' }, 'https://e.com/cb?t=1&event=msg.notify'],
    ['https://e.com/cb', { pathSuffix: '' }, 'https://e.com/cb'],
    ['https://e.com/cb', { pathSuffix: '../../admin' }, 'https://e.com/cb/admin'],
    ['https://e.com/cb', { pathSuffix: '%2e%2e/x' }, 'https://e.com/cb/%252e%252e/x'],
    ['https://e.com/cb', { pathSuffix: '//evil.com/x' }, 'https://e.com/cb/evil.com/x'],
    ['https://e.com/cb', { pathSuffix: 'a?b#c' }, 'https://e.com/cb/a%3Fb%23c'],
    ['https://e.com/cb', { query: 'a=1#b' }, 'https://e.com/cb?a=1%23b'],
    ['https://e.com/cb', { pathSuffix: '\ud83d' }, 'https://e.com/cb/%EF%BF%BD'],
  ])('of %s with %j is %s', (url, request, expected) => {
    expect(rawUrl(url, { ...raw, ...request })).toBe(expected);
  });

  it('of an event that came by HTTP is the webhook’s', () => {
    expect(rawUrl('https://e.com/cb?t=1', null)).toBe('https://e.com/cb?t=1');
  });
});
