import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DnsServer, type NameBook } from '@im/testbed/dns-server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostResolver, type HostResolverOptions } from './host-resolver.js';

let directory: string;
let server: DnsServer;
let nowMs = 0;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'names-'));
  nowMs = 0;
  server = await DnsServer.start(() => undefined);
  writeHosts('127.0.0.1 localhost');
  writeResolvConf('');
});

afterEach(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

const writeHosts = (text: string) => {
  writeFileSync(path.join(directory, 'hosts'), `${text}\n`);
};
const writeResolvConf = (text: string) => {
  writeFileSync(path.join(directory, 'resolv.conf'), `${text}\n`);
};

function resolver(options: HostResolverOptions = {}): HostResolver {
  return new HostResolver({
    dnsServers: [server.address],
    hostsFile: path.join(directory, 'hosts'),
    resolvConfFile: path.join(directory, 'resolv.conf'),
    now: () => nowMs,
    ...options,
  });
}

const namesOf = (book: Record<string, ReturnType<NameBook>>) => {
  server.book = (name) => book[name];
};
const at = (...addresses: string[]) => ({ kind: 'addresses', addresses }) as const;
const ipv4 = (address: string) => ({ address, family: 4 });

describe('a host name', () => {
  it('has the addresses of both families', async () => {
    namesOf({ 'hooks.example': at('192.0.2.1', '192.0.2.2', '2001:db8::1') });
    const found = await resolver().resolve('hooks.example');
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([ipv4('192.0.2.1'), ipv4('192.0.2.2'), { address: '2001:db8::1', family: 6 }]),
    );
  });

  it('has at most 16 addresses of each family', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => String(index + 1));
    const all = [
      ...numbers.map((number) => `192.0.2.${number}`),
      ...numbers.map((number) => `2001:db8::${number}`),
    ];
    namesOf({ 'hooks.example': at(...all) });
    const found = await resolver().resolve('hooks.example');
    expect(found.filter(({ family }) => family === 4)).toHaveLength(16);
    expect(found.filter(({ family }) => family === 6)).toHaveLength(16);
    expect(all).toEqual(expect.arrayContaining(found.map(({ address }) => address)));
  });

  it.each(['HOOKS.example', 'hooks.example.', 'ｈooks.example'])('is found as %s', async (name) => {
    namesOf({ 'hooks.example': at('192.0.2.1') });
    expect(await resolver().resolve(name)).toEqual([ipv4('192.0.2.1')]);
  });

  it('in another script is asked for in ASCII', async () => {
    namesOf({ 'xn--bcher-kva.example': at('192.0.2.1') });
    expect(await resolver().resolve('bücher.example')).toEqual([ipv4('192.0.2.1')]);
  });

  it.each([
    ['0x7f.1', ipv4('127.0.0.1')],
    ['10.0.0.7', ipv4('10.0.0.7')],
  ])('that is an address, %s, is no question', async (name, address) => {
    expect(await resolver().resolve(name)).toEqual([address]);
    expect(server.questions).toEqual([]);
  });

  it.each([
    ['does not exist', undefined, 'ENOTFOUND'],
    ['has no address', at(), 'ENOTFOUND'],
    ['has servers that fail', { kind: 'failure' }, 'EAI_AGAIN'],
    ['has servers that stay silent', { kind: 'silence' }, 'ETIMEOUT'],
  ] as const)('that %s is refused', async (_, record, code) => {
    namesOf({ 'hooks.example': record });
    await expect(resolver({ deadlineMs: 300 }).resolve('hooks.example')).rejects.toMatchObject({
      name: 'LookUpError',
      code,
    });
  });

  it.each(['', 'a..b', `${'a'.repeat(64)}.example`])('that cannot be one, %j, is not found', async (name) => {
    await expect(resolver().resolve(name)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('is asked for once by all who want it at the same time', async () => {
    namesOf({ 'hooks.example': at('192.0.2.1') });
    const { resolve } = resolver();
    await Promise.all([1, 2, 3].map((n) => resolve('hooks.example', { owner: String(n) })));
    expect(server.questions.toSorted()).toEqual(['hooks.example A', 'hooks.example AAAA']);
  });
});

describe('the hosts file', () => {
  it('comes first, and is read again when it changes', async () => {
    namesOf({ 'hooks.internal': at('192.0.2.1') });
    writeHosts('10.0.0.7 hooks.internal');
    const { resolve } = resolver();
    expect(await resolve('hooks.internal')).toEqual([ipv4('10.0.0.7')]);
    writeHosts('10.0.0.8 hooks.internal other.internal');
    nowMs += 1_000;
    expect(await resolve('hooks.internal')).toEqual([ipv4('10.0.0.8')]);
    writeHosts('10.0.0.9 another.internal');
    nowMs += 1_000;
    expect(await resolve('hooks.internal')).toEqual([ipv4('192.0.2.1')]);
  });

  it.each(['localhost', 'localhost.', 'app.localhost'])('need not know %s', async (name) => {
    rmSync(path.join(directory, 'hosts'));
    expect(await resolver().resolve(name)).toEqual([ipv4('127.0.0.1')]);
    expect(server.questions).toEqual([]);
  });
});

describe('short names', () => {
  it('are searched for in the domains of resolv.conf, in order', async () => {
    writeResolvConf('search shop.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5');
    namesOf({ 'im.chat.svc.cluster.local': at('10.1.0.5'), 'im.chat.cluster.local': at('10.1.0.6') });
    expect(await resolver().resolve('im.chat')).toEqual([ipv4('10.1.0.5')]);
    expect(server.timesAsked('im.chat.shop.svc.cluster.local')).toBe(2);
  });

  it('are not searched for any further when a domain before stays silent', async () => {
    writeResolvConf('search first.example second.example');
    namesOf({ 'im.first.example': { kind: 'silence' }, 'im.second.example': at('10.1.0.6') });
    await expect(resolver({ deadlineMs: 300 }).resolve('im')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect(server.timesAsked('im.second.example')).toBe(0);
  });
});

describe('answers', () => {
  it('are kept for their TTL, that of an alias included, and then asked for again', async () => {
    namesOf({
      'hooks.example': { kind: 'alias', of: 'edge.example', ttl: 10 },
      'edge.example': { kind: 'addresses', addresses: ['192.0.2.1'], ttl: 300 },
    });
    const { resolve } = resolver();
    expect(await resolve('hooks.example')).toEqual([ipv4('192.0.2.1')]);
    namesOf({ 'hooks.example': at('192.0.2.9') });
    nowMs = 9_999;
    expect(await resolve('hooks.example')).toEqual([ipv4('192.0.2.1')]);
    nowMs = 10_000;
    expect(await resolve('hooks.example')).toEqual([ipv4('192.0.2.9')]);
  });

  it('of a name that hung are not waited for again at once', async () => {
    namesOf({ 'hooks.example': { kind: 'silence' } });
    const { resolve } = resolver({ deadlineMs: 1_200, now: () => performance.now() + nowMs });
    await expect(resolve('hooks.example')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    const asked = server.timesAsked('hooks.example');
    await expect(resolve('hooks.example')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect(server.timesAsked('hooks.example')).toBe(asked);
    namesOf({ 'hooks.example': at('192.0.2.1') });
    nowMs += 5_000;
    expect(await resolve('hooks.example')).toEqual([ipv4('192.0.2.1')]);
  });

  it('for one family are enough when the other one stays silent', async () => {
    const deaf = await DnsServer.start(() => at('192.0.2.1'));
    deaf.ignoredTypes.add('AAAA');
    try {
      const { resolve } = resolver({ dnsServers: [deaf.address] });
      expect(await resolve('hooks.example')).toEqual([ipv4('192.0.2.1')]);
    } finally {
      await deaf.stop();
    }
  });
});

describe('name servers', () => {
  it('that stay silent or fail are passed over, and asked last from then on', async () => {
    const silent = await DnsServer.start(() => ({ kind: 'silence' }));
    const failing = await DnsServer.start(() => ({ kind: 'failure' }));
    try {
      namesOf({ 'one.example': at('192.0.2.1'), 'two.example': at('192.0.2.2') });
      const dnsServers = [failing.address, silent.address, server.address];
      const { resolve } = resolver({ dnsServers });
      expect(await resolve('one.example')).toEqual([ipv4('192.0.2.1')]);
      expect(await resolve('two.example')).toEqual([ipv4('192.0.2.2')]);
      expect([silent.timesAsked('two.example'), failing.timesAsked('two.example')]).toEqual([0, 0]);
    } finally {
      await silent.stop();
      await failing.stop();
    }
  });

  it('after the one that decides are not asked', async () => {
    const silent = await DnsServer.start(() => ({ kind: 'silence' }));
    const unasked = await DnsServer.start(() => at('192.0.2.9'));
    try {
      const dnsServers = [silent.address, server.address, unasked.address];
      const { resolve } = resolver({ dnsServers });
      await expect(resolve('none.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
      await expect(resolver({ dnsServers, deadlineMs: 300 }).resolve('none.example')).rejects.toMatchObject({
        code: 'ETIMEOUT',
      });
      // Queries that were sent would have been answered before this.
      await resolver({ dnsServers: [unasked.address] }).resolve('other.example');
      expect(unasked.timesAsked('none.example')).toBe(0);
    } finally {
      await silent.stop();
      await unasked.stop();
    }
  });

  it('are those of resolv.conf where none are named', async () => {
    // Port 53 of this address: nothing listens there.
    writeResolvConf('nameserver 127.0.0.153');
    const { resolve } = resolver({ dnsServers: [], deadlineMs: 300 });
    await expect(resolve('hooks.example')).rejects.toMatchObject({ name: 'LookUpError' });
  });
});

describe('names that hang', () => {
  it('do not keep other owners waiting, nor their own names that were answered before', async () => {
    server.book = (name) => (name.startsWith('hang') ? { kind: 'silence' } : { ...at('192.0.2.1'), ttl: 5 });
    const { resolve } = resolver({ deadlineMs: 60_000, limits: { slowAfterMs: 60_000 } });
    await resolve('known.example', { owner: 'a' });
    nowMs += 5_000;
    const onWaiting = vi.fn();
    for (let n = 0; n < 60; n += 1) {
      resolve(`hang${n}.example`, { owner: 'a', onWaiting }).catch(() => undefined);
    }
    expect(await resolve('known.example', { owner: 'a' })).toEqual([ipv4('192.0.2.1')]);
    expect(await resolve('new.example', { owner: 'b' })).toEqual([ipv4('192.0.2.1')]);
    // 32 wait for their servers, the others for a permit.
    expect(onWaiting.mock.calls.filter(([isWaiting]) => isWaiting === false)).toHaveLength(32);
  });

  it('do not delay another owner that wants the same name', async () => {
    server.book = (name) => (name.startsWith('hang') ? { kind: 'silence' } : at('192.0.2.1'));
    const { resolve } = resolver({
      deadlineMs: 2_000,
      limits: { maxQuick: 1, slowAfterMs: 60_000, maxWaitMs: 60_000 },
    });
    const hanging = resolve('hang.example', { owner: 'a' });
    const waiting = resolve('shared.example', { owner: 'a' });
    expect(await resolve('shared.example', { owner: 'b' })).toEqual([ipv4('192.0.2.1')]);
    expect(server.timesAsked('shared.example')).toBe(2);
    await expect(hanging).rejects.toMatchObject({ code: 'ETIMEOUT' });
    // It then gets its permit, and is already known.
    expect(await waiting).toEqual([ipv4('192.0.2.1')]);
    expect(server.timesAsked('shared.example')).toBe(2);
  });

  it('are believed only when they had their time: what is given up for others is asked for again', async () => {
    server.book = () => ({ kind: 'silence' });
    // One may be slow, so that the last look-up is not given up on a slow machine.
    const { resolve } = resolver({ deadlineMs: 60_000, limits: { maxSlow: 1, slowAfterMs: 100 } });
    resolve('hang.example', { owner: 'a' }).catch(() => undefined);
    await expect(resolve('slow.example', { owner: 'a' })).rejects.toMatchObject({
      name: 'LookUpCapacityError',
    });
    server.book = () => at('192.0.2.1');
    expect(await resolve('slow.example', { owner: 'b' })).toEqual([ipv4('192.0.2.1')]);
  });

  it('make later ones of their owner wait, which is distinguished from a fault of the name', async () => {
    server.book = () => ({ kind: 'silence' });
    const limits = { maxQuick: 1, slowAfterMs: 60_000, maxWaitMs: 50 };
    const { resolve } = resolver({ deadlineMs: 500, limits });
    const hanging = resolve('one.example', { owner: 'a' });
    await expect(resolve('two.example', { owner: 'a' })).rejects.toMatchObject({
      name: 'LookUpCapacityError',
    });
    await expect(hanging).rejects.toMatchObject({ code: 'ETIMEOUT' });
  });
});
