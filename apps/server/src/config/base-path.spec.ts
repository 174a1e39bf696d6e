import { describe, expect, it } from 'vitest';
import { basePathFault, basePathOf, withoutBasePath } from './base-path.js';

describe('the base path', () => {
  it.each([
    [undefined, ''],
    ['https://host.example', ''],
    ['https://host.example/', ''],
    ['https://host.example/im', '/im'],
    ['https://host.example/im/', '/im'],
    ['https://host.example/tools/im//', '/tools/im'],
  ])('of %s is "%s"', (publicUrl, basePath) => {
    expect(basePathOf(publicUrl)).toBe(basePath);
  });

  it.each(['https://host.example/im', 'https://host.example/inbox', 'https://host.example/im/api'])(
    'of %s can be used',
    (publicUrl) => {
      expect(basePathFault(publicUrl)).toBeUndefined();
    },
  );

  it.each([
    ['https://host.example/in', 'begins with /in'],
    ['https://host.example/api/im', 'begins with /api'],
    ['https://host.example/.well-known', 'letters'],
    ['https://host.example/a b', 'letters'],
    ['https://host.example/a//b', 'letters'],
    [`https://host.example/${'a'.repeat(100)}`, 'at most 100'],
    ['https://host.example/im?x=1', 'no query'],
    ['https://host.example/im#x', 'no fragment'],
  ])('of %s is refused: %s', (publicUrl, fault) => {
    expect(basePathFault(publicUrl)).toContain(fault);
  });
});

describe('an address', () => {
  it.each([
    ['/im', '/'],
    ['/im/', '/'],
    ['/im?a=1', '/?a=1'],
    ['/im/api/v1/apps?limit=1', '/api/v1/apps?limit=1'],
    ['/im/in/openim/token', '/in/openim/token'],
    ['/im/im', '/im'],
    // The proxy took it off, or nothing stands in front.
    ['/', '/'],
    ['/healthz', '/healthz'],
    ['/images/x', '/images/x'],
  ])('%s means %s', (url, expected) => {
    expect(withoutBasePath(url, '/im')).toBe(expected);
  });

  it('stays as it is at the root', () => {
    expect(withoutBasePath('/im/api', '')).toBe('/im/api');
  });
});
