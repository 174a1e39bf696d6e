import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { prefersIpv6 } from './prefers-ipv6.js';

const address = (text: string, internal = false) =>
  ({ address: text, internal, family: text.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo;

it.each([
  ['an IPv4 address only', [address('10.0.0.5')], false],
  ['link-local and unique local addresses', [address('fe80::1'), address('fd00::5')], false],
  ['loopback', [address('::1', true)], false],
  ['a global IPv6 address', [address('10.0.0.5'), address('2606:2800::5')], true],
])('a machine with %s', (_, addresses, expected) => {
  expect(prefersIpv6({ eth0: addresses })).toBe(expected);
});
