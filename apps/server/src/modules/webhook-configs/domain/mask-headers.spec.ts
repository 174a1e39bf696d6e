import { describe, expect, it } from 'vitest';
import { maskCustomHeaders, maskHeaders, maskResponseHeaders } from './mask-headers.js';

describe('in the log', () => {
  it.each([
    ['Authorization', 'Bearer 0123456789abcdef', 'Bear****'],
    ['authorization', 'Basic dXNlcjpwdw==', 'Basi****'],
    ['X-Authorization-Code', 'abcdefgh', 'ab****'],
    ['Cookie', 'sid=0123456789abcdef', 'sid=****'],
    ['X-API-Key', 'k-0123456789abcdef', 'k-01****'],
    ['apikey', 'k-0123456789abcdef', 'k-01****'],
    ['X-Auth', '0123456789abcdef', '0123****'],
    ['X-Access-Token', '0123456789abcdef', '0123****'],
    ['X-Client-Secret', '0123456789abcdef', '0123****'],
    ['X-Password', 'hunter2', 'h****'],
    ['X-Session-Id', '0123456789abcdef', '0123****'],
    ['X-Hub-Signature', 'sha1=0123456789', 'sha****'],
    ['X-Key', '0123456789abcdef', '0123****'],
    ['X_Key', '0123456789abcdef', '0123****'],
    ['X-Token', 'abc', '****'],
    ['X-Token', '', ''],
  ])('%s: %s is kept as %s', (name, value, kept) => {
    expect(maskHeaders([[name, value]])).toEqual({ [name]: kept });
  });

  it.each([
    ['Content-Type', 'application/json; charset=utf-8'],
    ['User-Agent', 'IM-Callback/1.0.0'],
    ['X-App-Key', 'ak_0123456789'],
    ['X-App-Nonce', '00112233445566778899aabbccddeeff'],
    ['X-App-Signature', '8fffe5cfec55ec8a981608817edf934d10f4741701f4570c459c21d96ae8f8f8'],
    ['webhook-signature', 'v1,cWakC+9M1DVRhnkBo9XHCRZFNLD+VJuUl3RBJfZnkKI='],
    ['X-App-Callback-Id', '01980000-0000-8000-8000-000000000000'],
    ['X-Tenant', 'north'],
    ['X-Keyboard', 'qwerty'],
    ['X-Monkey-Count', '12'],
  ])('%s stays as sent', (name, value) => {
    expect(maskHeaders([[name, value]])).toEqual({ [name]: value });
  });

  it('never more than 4 characters of a credential are readable', () => {
    for (const length of [1, 3, 4, 15, 16, 400]) {
      const kept = maskHeaders([['Authorization', 'x'.repeat(length)]]).Authorization ?? '';
      expect(kept.replaceAll('*', '').length).toBeLessThanOrEqual(Math.min(4, length / 4));
    }
  });
});

describe('the headers of a request, for people who may not see what a webhook sets', () => {
  it.each([
    ['Content-Type', 'application/json', 'application/json'],
    ['user-agent', 'IM-Callback/1.0.0', 'IM-Callback/1.0.0'],
    ['traceparent', '00-a-b-01', '00-a-b-01'],
    ['X-App-Signature-Previous', '8fffe5cf', '8fffe5cf'],
    ['X-App-Batch', '2', '2'],
    ['X-App-Format', 'raw', 'raw'],
    ['X-App-Checkup', 'true', 'true'],
    ['webhook-signature', 'v1,cWakC', 'v1,cWakC'],
    ['X-Tenant', 'north', '***'],
    ['Authorization', 'Bear****', '***'],
    ['X-App-Region', 'north', '***'],
  ])('%s: %s is shown as %s', (name, value, shown) => {
    expect(maskCustomHeaders({ [name]: value })).toEqual({ [name]: shown });
  });
});

describe('the headers of an answer, for people who may not read messages', () => {
  it.each([
    ['content-type', 'text/plain', 'text/plain'],
    ['Retry-After', '30', '30'],
    ['x-echo', 'words', '***'],
    ['set-cookie', 'a=words', '***'],
    ['location', 'http://user:words@example.com:8080/words?q=words#words', 'http://example.com:8080/***'],
    ['location', '/words', '***'],
    ['location', 'data:text/plain,words', '***'],
  ])('%s: %s is shown as %s', (name, value, shown) => {
    expect(maskResponseHeaders({ [name]: value })).toEqual({ [name]: shown });
  });
});
