import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { HostResolver } from '../dns/host-resolver.js';
import { checkWebhookUrl } from './webhook-url.js';

const NAMES: Record<string, string[]> = {
  'hooks.example.com': ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'hooks.example.com.': ['93.184.215.14'],
  'xn--fsqu00a.com': ['93.184.215.14'],
  'inside.example.com': ['10.1.2.3'],
  'half.example.com': ['93.184.215.14', 'fd00::1'],
  'metadata.example.com': ['169.254.169.254'],
  'nat64.example.com': ['64:ff9b::a00:1'],
  localhost: ['::1', '127.0.0.1'],
};

function resolveFromTable(hostname: string): Promise<LookupAddress[]> {
  const addresses = NAMES[hostname];
  if (!addresses) return Promise.reject(new Error(`getaddrinfo ENOTFOUND ${hostname}`));
  return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
}

const check = (url: string, allowedCidrs: string[] = []) =>
  checkWebhookUrl(url, { allowedCidrs, resolve: resolveFromTable });

describe('a webhook URL is accepted', () => {
  it.each([
    'http://hooks.example.com',
    'https://hooks.example.com/im/callback?team=1&x=%20',
    'HTTPS://Hooks.Example.COM:8443/',
    'https://hooks.example.com./',
    'https://例子.com/回调',
    'http://93.184.215.14:8080/',
    'http://[2606:4700:4700::1111]/',
    'http://[::ffff:8.8.8.8]/',
    'https://hooks.example.com/?mail=a@b.c',
    'https://hooks.example.com/@someone',
    'https://not-yet-registered.example.net/hook',
  ])('%s', async (url) => {
    expect(await check(url)).toEqual({ ok: true, url });
  });

  it('as typed, without the spaces around it', async () => {
    expect(await check('  https://Hooks.example.com \n')).toEqual({
      ok: true,
      url: 'https://Hooks.example.com',
    });
  });
});

describe('a malformed URL is refused', () => {
  it.each([
    [''],
    ['hooks.example.com'],
    ['/callback'],
    ['ftp://hooks.example.com/'],
    ['javascript:alert(1)'],
    ['file:///etc/passwd'],
    ['http://'],
    ['http:///path'],
    ['http:hooks.example.com'],
    ['https://?query'],
    ['http://:8080/'],
    ['http://user:pw@hooks.example.com/'],
    ['http://user@hooks.example.com/'],
    ['http://@hooks.example.com/'],
    ['http://hooks.example.com@10.0.0.1/'],
    ['http://hooks.example.com:0/'],
    ['http://hooks.example.com:65536/'],
    ['http://hooks.example.com:http/'],
    ['http://hooks.example.com/#part'],
    ['http://hooks.example.com/#'],
    ['http://hooks.example.com/a b'],
    ['http://hooks.exa\tmple.com/'],
    ['http://hooks.exa\nmple.com/'],
    ['http://hooks.example.com\\@10.0.0.1/'],
    ['http:\\\\hooks.example.com/'],
    ['http://hooks.example.com/\u0000'],
    ['http://[::1/'],
    ['http://[fe80::1%25eth0]/'],
    ['http://1.2.3.256/'],
    ['http://exa%00mple.com/'],
  ])('%j', async (url) => {
    expect(await check(url)).toMatchObject({ ok: false, code: 'invalid_format' });
  });

  it.each([
    ['ftp://hooks.example.com/', 'must be a URL starting with http:// or https:// and a host'],
    ['http://user:pw@hooks.example.com/', 'must not contain a user name or password'],
    ['http://hooks.example.com/#part', 'must not contain a fragment (#)'],
  ])('%s says why', async (url, message) => {
    expect(await check(url)).toMatchObject({ message });
  });
});

describe('a guarded address is seen through every spelling', () => {
  it.each([
    ['http://127.0.0.1/', 'loopback 127.0.0.0/8'],
    ['http://127.0.0.1./', 'loopback 127.0.0.0/8'],
    ['http://2130706433/', 'loopback 127.0.0.0/8'],
    ['http://0x7f.1/', 'loopback 127.0.0.0/8'],
    ['http://0x7f000001/', 'loopback 127.0.0.0/8'],
    ['http://0177.0.0.1/', 'loopback 127.0.0.0/8'],
    ['http://017700000001/', 'loopback 127.0.0.0/8'],
    ['http://127.1/', 'loopback 127.0.0.0/8'],
    ['http://127.0.1/', 'loopback 127.0.0.0/8'],
    ['http://0/', 'this network 0.0.0.0/8'],
    ['http://１２７.0.0.1/', 'loopback 127.0.0.0/8'],
    ['http://127。0。0。1/', 'loopback 127.0.0.0/8'],
    ['http://%31%32%37.0.0.1/', 'loopback 127.0.0.0/8'],
    ['http://①②⑦.0.0.1/', 'loopback 127.0.0.0/8'],
    ['http://[::1]/', 'loopback ::1/128'],
    ['http://[0:0:0:0:0:0:0:1]:8080/', 'loopback ::1/128'],
    ['http://[::]/', 'unspecified ::/128'],
    ['http://[::ffff:10.0.0.1]/', 'IPv4-mapped private 10.0.0.0/8'],
    ['http://[::ffff:a00:1]/', 'IPv4-mapped private 10.0.0.0/8'],
    ['http://[::10.0.0.1]/', 'IPv4-compatible ::/96'],
    ['http://[64:ff9b::10.0.0.1]/', 'NAT64 private 10.0.0.0/8'],
    ['http://169.254.169.254/latest/meta-data', 'link-local 169.254.0.0/16'],
    ['http://0xa9fea9fe/', 'link-local 169.254.0.0/16'],
    ['http://[fe80::1]/', 'link-local fe80::/10'],
    ['http://localhost/', 'loopback ::1/128'],
    ['http://LOCALHOST:3000/', 'loopback ::1/128'],
    ['http://localhost./', 'loopback 127.0.0.0/8'],
    ['http://api.localhost/', 'loopback 127.0.0.0/8'],
    ['http://inside.example.com/', 'private 10.0.0.0/8'],
    ['http://half.example.com/', 'unique local fc00::/7'],
    ['http://metadata.example.com/', 'link-local 169.254.0.0/16'],
    ['http://nat64.example.com/', 'NAT64 private 10.0.0.0/8'],
  ])('%s is %s', async (url, range) => {
    const verdict = await check(url);
    expect(verdict).toMatchObject({ ok: false, code: 'blocked_address' });
    expect(verdict.ok ? '' : verdict.message).toContain(`(${range})`);
  });

  it('does not reveal the address behind a name', async () => {
    expect(await check('http://inside.example.com/')).toEqual({
      ok: false,
      code: 'blocked_address',
      message: 'inside.example.com resolves to an address that webhooks may not reach (private 10.0.0.0/8)',
    });
  });
});

describe('exceptions and time', () => {
  it('an exception opens a range in every spelling', async () => {
    for (const url of [
      'http://127.0.0.1:3000/',
      'http://2130706433/',
      'http://[::ffff:127.0.0.1]/',
      'http://localhost/',
    ]) {
      expect(await check(url, ['127.0.0.0/8', '::1/128'])).toEqual({ ok: true, url });
    }
    expect(await check('http://10.0.0.1/', ['127.0.0.0/8'])).toMatchObject({ code: 'blocked_address' });
  });

  it('a resolver that hangs does not delay the save', async () => {
    const verdict = await checkWebhookUrl('https://slow.example.com/', {
      allowedCidrs: [],
      resolve: () => new Promise(() => undefined),
      resolveTimeoutMs: 20,
    });
    expect(verdict).toEqual({ ok: true, url: 'https://slow.example.com/' });
  });

  it('the resolver of this service knows localhost', async () => {
    const { resolve } = new HostResolver();
    const verdict = await checkWebhookUrl('http://localhost/', { allowedCidrs: [], resolve });
    expect(verdict).toMatchObject({ ok: false, code: 'blocked_address' });
  });
});
