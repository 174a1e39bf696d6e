import { describe, expect, it } from 'vitest';
import { customHeadersSchema, MAX_CUSTOM_HEADERS } from './custom-headers.js';

describe('custom headers', () => {
  it.each<[headers: Record<string, string>]>([
    [{ Authorization: 'Bearer abc' }],
    [{ 'X-Tenant': '' }],
    [{ 'X-Note': 'one\ttwo three' }],
    [{ 'X-App-Colour': 'red' }],
    [{ 'x-long': 'v'.repeat(1000) }],
    [
      Object.fromEntries(
        Array.from({ length: MAX_CUSTOM_HEADERS }, (_, index) => [`X-H${String(index)}`, 'v']),
      ),
    ],
  ])('may be %j', (headers) => {
    expect(customHeadersSchema.parse(headers)).toEqual(headers);
  });

  it.each([
    'X-App-Key',
    'x-app-key',
    'X-APP-SIGNATURE',
    'X-App-Timestamp',
    'X-App-Nonce',
    'X-App-Signature-Next',
    'X-App-Signature-Previous',
    'X-App-Event',
    'X-App-Callback-Id',
    'X-App-Delivery-Id',
    'X-App-Webhook-Id',
    'X-App-Attempt',
    'X-App-Batch',
    'x-app-batch-id',
    'X-App-Format',
    'webhook-id',
    'Webhook-Timestamp',
    'webhook-signature',
    'Content-Type',
    'content-length',
    'Host',
    'User-Agent',
    'Connection',
    'Transfer-Encoding',
    'TE',
    'Trailer',
    'Upgrade',
    'Expect',
    'Proxy-Authorization',
  ])('may not set %s', (name) => {
    expect(faultsOf(customHeadersSchema, { [name]: 'x' })).toEqual([name]);
  });

  it.each<[fault: string, headers: Record<string, unknown>, path: string]>([
    ['a value with CR LF', { 'X-A': 'a\r\nX-App-Key: ak_other' }, 'X-A'],
    ['a value with LF at its end', { 'X-A': 'a\n' }, 'X-A'],
    ['a value with NUL', { 'X-A': 'a\u0000' }, 'X-A'],
    ['a value beyond ASCII', { 'X-A': '值' }, 'X-A'],
    ['a value over 1,000 characters', { 'X-A': 'v'.repeat(1001) }, 'X-A'],
    ['a value that is no text', { 'X-A': 1 }, 'X-A'],
    ['a name with CR LF', { 'X-A\r\nX-B': 'v' }, 'X-A\r\nX-B'],
    ['a name with a colon', { 'X-A:': 'v' }, 'X-A:'],
    ['a name with a space', { 'X A': 'v' }, 'X A'],
    ['an empty name', { '': 'v' }, ''],
    ['a name twice', { 'X-A': '1', 'x-a': '2' }, 'x-a'],
    [
      '21 headers',
      Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`X-${String(index)}`, 'v'])),
      '',
    ],
  ])('may not have %s', (_, headers, path) => {
    expect(faultsOf(customHeadersSchema, headers)).toEqual([path]);
  });
});

function faultsOf(schema: typeof customHeadersSchema, input: unknown): string[] {
  return schema.safeParse(input).error?.issues.map((issue) => issue.path.join('.')) ?? [];
}
