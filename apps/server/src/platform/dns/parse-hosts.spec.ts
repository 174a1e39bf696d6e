import { expect, it } from 'vitest';
import { parseHosts } from './parse-hosts.js';

it('a hosts file maps names to addresses, regardless of case, in the order of its lines', () => {
  const text = [
    '127.0.0.1\tlocalhost',
    '::1 localhost ip6-localhost # the same machine',
    '10.0.0.7   Hooks.Internal hooks  ',
    '10.0.0.7 hooks',
    '#10.0.0.8 hooks',
    'nonsense hooks',
    '',
  ].join('\r\n');
  expect(Object.fromEntries(parseHosts(text))).toEqual({
    localhost: ['127.0.0.1', '::1'],
    'ip6-localhost': ['::1'],
    'hooks.internal': ['10.0.0.7'],
    hooks: ['10.0.0.7'],
  });
});
