import { expect, it } from 'vitest';
import { maskCallbackUrl } from './mask-callback-url.js';
import { isTunnelUrl, tunnelIdOf, tunnelUrl } from './tunnel-url.js';

const ID = '01970000-0000-7000-8000-000000000001';

it('knows the address of a tunnel, masked too', () => {
  const url = tunnelUrl(ID);
  expect([isTunnelUrl(url), tunnelIdOf(url)]).toEqual([true, ID]);
  const masked = maskCallbackUrl(url);
  expect([masked, isTunnelUrl(masked), tunnelIdOf(masked)]).toEqual([
    'https://tunnel.invalid/****',
    true,
    undefined,
  ]);
});

it.each([
  `http://tunnel.invalid/${ID}`,
  `https://tunnel.invalid/${ID}/`,
  `https://tunnel.invalid/${ID}?x`,
  `https://tunnel.invalid:443/${ID}`,
  `https://tunnel.invalid.example.com/${ID}`,
  'https://tunnel.invalid/',
])('%s is none', (url) => {
  expect([isTunnelUrl(url), tunnelIdOf(url)]).toEqual([false, undefined]);
});
