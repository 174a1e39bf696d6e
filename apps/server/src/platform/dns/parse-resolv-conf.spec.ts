import { describe, expect, it } from 'vitest';
import { candidatesOf, parseResolvConf } from './parse-resolv-conf.js';

describe('resolv.conf', () => {
  it('names servers, search domains and ndots; the last search line counts', () => {
    const text = [
      '# made by kubelet',
      'search old.example',
      'search shop.svc.cluster.local svc.cluster.local. cluster.local',
      'nameserver 10.96.0.10',
      'nameserver fd00::53 ; second',
      'nameserver not-an-address',
      'options edns0 ndots:5 timeout:1',
    ].join('\n');
    expect(parseResolvConf(text, 'pod')).toEqual({
      nameServers: ['10.96.0.10', 'fd00::53'],
      search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
      ndots: 5,
    });
  });

  it.each([
    ['', 'host', []],
    ['', 'host.lan.example', ['lan.example']],
    ['domain corp.example', 'host.lan.example', ['corp.example']],
    ['search .', 'host.lan.example', ['']],
  ])('%j on %s searches %j', (text, hostname, search) => {
    expect(parseResolvConf(text, hostname)).toMatchObject({ search, ndots: 1, nameServers: [] });
  });

  it.each(['ndots:', 'ndots:x', 'ndots:-1'])('with the option %s keeps the usual ndots', (option) => {
    expect(parseResolvConf(`options ${option}`, 'host').ndots).toBe(1);
  });
});

describe('the names to ask for', () => {
  const cluster = { nameServers: [], search: ['shop.svc.cluster.local', 'cluster.local'], ndots: 5 };
  const office = { nameServers: [], search: ['corp.example'], ndots: 1 };

  it.each([
    ['chat', cluster, ['chat.shop.svc.cluster.local', 'chat.cluster.local', 'chat']],
    [
      'hooks.example.com',
      cluster,
      ['hooks.example.com.shop.svc.cluster.local', 'hooks.example.com.cluster.local', 'hooks.example.com'],
    ],
    [
      'a.b.c.d.e.example',
      cluster,
      ['a.b.c.d.e.example', 'a.b.c.d.e.example.shop.svc.cluster.local', 'a.b.c.d.e.example.cluster.local'],
    ],
    ['hooks.example.com.', cluster, ['hooks.example.com']],
    ['hooks.example.com', office, ['hooks.example.com', 'hooks.example.com.corp.example']],
    ['intranet', office, ['intranet.corp.example', 'intranet']],
    ['chat', { ...office, search: [''] }, ['chat']],
  ])('for %s', (name, conf, candidates) => {
    expect(candidatesOf(name, conf)).toEqual(candidates);
  });

  it('are none that would be too long', () => {
    const name = `${'a'.repeat(60)}.`.repeat(4) + 'example';
    expect(candidatesOf(name, office)).toEqual([name]);
  });
});
