import { describe, expect, it } from 'vitest';
import { AddressGuard } from './guarded-address.js';

const guard = new AddressGuard();

describe('addresses that are refused', () => {
  it.each([
    ['0.0.0.0', 'this network 0.0.0.0/8'],
    ['0.1.2.3', 'this network 0.0.0.0/8'],
    ['10.0.0.0', 'private 10.0.0.0/8'],
    ['10.255.255.255', 'private 10.0.0.0/8'],
    ['100.64.0.1', 'carrier-grade NAT 100.64.0.0/10'],
    ['100.100.100.200', 'carrier-grade NAT 100.64.0.0/10'],
    ['100.127.255.255', 'carrier-grade NAT 100.64.0.0/10'],
    ['127.0.0.1', 'loopback 127.0.0.0/8'],
    ['127.255.0.3', 'loopback 127.0.0.0/8'],
    ['168.63.129.16', 'cloud metadata 168.63.129.16/32'],
    ['169.254.169.254', 'link-local 169.254.0.0/16'],
    ['172.16.0.1', 'private 172.16.0.0/12'],
    ['172.31.255.255', 'private 172.16.0.0/12'],
    ['192.0.0.170', 'protocol assignments 192.0.0.0/24'],
    ['192.0.2.1', 'documentation 192.0.2.0/24'],
    ['192.88.99.1', '6to4 relay 192.88.99.0/24'],
    ['192.168.1.1', 'private 192.168.0.0/16'],
    ['198.18.0.1', 'benchmarking 198.18.0.0/15'],
    ['198.19.255.255', 'benchmarking 198.18.0.0/15'],
    ['198.51.100.7', 'documentation 198.51.100.0/24'],
    ['203.0.113.7', 'documentation 203.0.113.0/24'],
    ['224.0.0.1', 'multicast 224.0.0.0/4'],
    ['239.255.255.255', 'multicast 224.0.0.0/4'],
    ['240.0.0.1', 'reserved 240.0.0.0/4'],
    ['255.255.255.255', 'broadcast 255.255.255.255/32'],
    ['::', 'unspecified ::/128'],
    ['::1', 'loopback ::1/128'],
    ['::8.8.8.8', 'IPv4-compatible ::/96'],
    ['::ffff:10.0.0.1', 'IPv4-mapped private 10.0.0.0/8'],
    ['::ffff:7f00:1', 'IPv4-mapped loopback 127.0.0.0/8'],
    ['::ffff:0:10.0.0.1', 'reserved, outside 2000::/3'],
    ['64:ff9b::169.254.169.254', 'NAT64 link-local 169.254.0.0/16'],
    ['64:ff9b::a00:1', 'NAT64 private 10.0.0.0/8'],
    ['64:ff9b:1::192.168.0.1', 'NAT64 private 192.168.0.0/16'],
    ['64:ff9b:1:a00:0:100::', 'NAT64 this network 0.0.0.0/8'],
    ['64:ff9b:1:a00:0:100:808:808', 'NAT64 private 10.0.0.0/8'],
    ['64:ff9b:1:7f:0:1:808:808', 'NAT64 loopback 127.0.0.0/8'],
    ['64:ff9b:1:0:c0:a801:108:808', 'NAT64 private 192.168.0.0/16'],
    ['64:ff9b:2::1', 'reserved, outside 2000::/3'],
    ['100::1', 'discard-only 100::/64'],
    ['100:0:0:1::1', 'reserved, outside 2000::/3'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo 2001::/32'],
    ['2001:2::1', 'benchmarking 2001:2::/48'],
    ['2001:10::1', 'protocol assignments 2001::/23'],
    ['2001:db8::1', 'documentation 2001:db8::/32'],
    ['2002:7f00:1::1', '6to4 loopback 127.0.0.0/8'],
    ['2002:c0a8:101::', '6to4 private 192.168.0.0/16'],
    ['3fff:fff::1', 'documentation 3fff::/20'],
    ['5f00::1', 'reserved, outside 2000::/3'],
    ['fc00::1', 'unique local fc00::/7'],
    ['fd00:ec2::254', 'unique local fc00::/7'],
    ['fe80::1', 'link-local fe80::/10'],
    ['fe80::1%eth0', 'link-local fe80::/10'],
    ['fec0::1', 'site-local fec0::/10'],
    ['ff02::1', 'multicast ff00::/8'],
    ['4000::1', 'reserved, outside 2000::/3'],
  ])('%s is %s', (address, range) => {
    expect(guard.refusal(address)).toBe(range);
  });

  it.each(['', 'localhost', '0177.0.0.1', '2130706433', '127.1', '[::1]', '10.0.0.1/8', '1.2.3.4 '])(
    'text that is not a canonical address: %j',
    (text) => {
      expect(guard.refusal(text)).toBe('not an IP address');
    },
  );
});

describe('addresses that may be reached', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.1',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
    '2400:3200::1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::8.8.8.8',
    '64:ff9b:1:fffe::8.8.8.8',
    '2002:808:808::1',
  ])('%s', (address) => {
    expect(guard.refusal(address)).toBeNull();
  });
});

describe('exceptions', () => {
  const opened = new AddressGuard(['127.0.0.0/8', '10.1.0.0/16', 'fd12:3456::/32', '192.168.7.7/32']);

  it.each([
    ['127.0.0.1', null],
    ['::ffff:127.0.0.1', null],
    ['64:ff9b::10.1.2.3', null],
    ['2002:0a01:0203::1', null],
    ['10.1.255.255', null],
    ['10.2.0.0', 'private 10.0.0.0/8'],
    ['192.168.7.7', null],
    ['192.168.7.8', 'private 192.168.0.0/16'],
    ['fd12:3456:ffff::1', null],
    ['fd12:3457::1', 'unique local fc00::/7'],
    ['::1', 'loopback ::1/128'],
    ['::127.0.0.1', 'IPv4-compatible ::/96'],
    ['::ffff:10.2.0.1', 'IPv4-mapped private 10.0.0.0/8'],
  ])('%s -> %s', (address, range) => {
    expect(opened.refusal(address)).toBe(range);
  });

  it('takes an exception written in IPv6-mapped form literally', () => {
    const mapped = new AddressGuard(['::ffff:10.0.0.0/104']);
    expect(mapped.refusal('::ffff:10.9.9.9')).toBeNull();
    expect(mapped.refusal('10.9.9.9')).toBe('private 10.0.0.0/8');
  });

  it.each(['10.0.0.0', '10.0.0.0/33', 'everything', ''])('refuses %j as an exception', (text) => {
    expect(() => new AddressGuard([text])).toThrow();
  });
});
