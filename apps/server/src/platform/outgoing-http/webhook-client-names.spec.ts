import type { LookupAddress } from 'node:dns';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { LookUpCapacityError } from '../dns/look-up-error.js';
import { NotSentError } from '../limits/not-sent-error.js';
import { closeAfterEach, httpReceiver, listen, openClient, post } from '../../testing/local-receiver.js';

closeAfterEach();

describe('names', () => {
  const to = (...addresses: string[]): LookupAddress[] =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it('a name that does not exist', async () => {
    const sender = openClient({
      resolveHost: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
    });
    expect(await sender.send(post('http://nowhere.example/'))).toMatchObject({
      errorClass: 'dns',
      errorMessage: 'The host name nowhere.example could not be resolved (ENOTFOUND).',
      remoteAddress: null,
    });
  });

  it('a name without addresses', async () => {
    const sender = openClient({ resolveHost: () => Promise.resolve([]) });
    expect(await sender.send(post('http://empty.example/'))).toMatchObject({ errorClass: 'dns' });
  });

  it('a resolver that hangs', async () => {
    const sender = openClient({ resolveHost: () => new Promise(() => undefined) });
    expect(await sender.send(post('http://slow.example/', { timeoutMs: 100 }))).toMatchObject({
      errorClass: 'dns',
    });
  });

  it('a look-up that this process has no permit for is no outcome of the receiver', async () => {
    const refusing = openClient({
      resolveHost: (hostname) => Promise.reject(new LookUpCapacityError(hostname)),
    });
    await expect(refusing.send(post('http://crowded.example/'))).rejects.toThrow(LookUpCapacityError);
    const waiting = openClient({
      resolveHost: (_hostname, request) => {
        request?.onWaiting?.(true);
        return new Promise(() => undefined);
      },
    });
    const sent = waiting.send(post('http://crowded.example/', { timeoutMs: 50 }));
    await expect(sent).rejects.toThrow(LookUpCapacityError);
  });

  it('nor is a file descriptor that this process cannot get', async () => {
    const exhausted = Object.assign(new Error('socket EMFILE'), { code: 'EMFILE' });
    const sender = openClient({ resolveHost: () => Promise.reject(exhausted) });
    await expect(sender.send(post('http://hooks.example/'))).rejects.toThrow(NotSentError);
  });

  it('are looked up for the tenant that sends', async () => {
    const owners: (string | undefined)[] = [];
    const sender = openClient({
      resolveHost: (_hostname, request) => {
        owners.push(request?.owner);
        return Promise.resolve([]);
      },
    });
    await sender.send(post('http://hooks.example/', { tenantId: 'a' }));
    await sender.send(post('http://hooks.example/'));
    expect(owners).toEqual(['a', undefined]);
  });

  it('the next address is tried when one refuses', async () => {
    const url = new URL(await httpReceiver((_request, response) => response.end('ok')));
    const sender = openClient({ resolveHost: () => Promise.resolve(to('::1', '127.0.0.1')) });
    expect(await sender.send(post(`http://hooks.example:${url.port}/`))).toMatchObject({
      errorClass: null,
      remoteAddress: '127.0.0.1',
    });
  });

  it.each([
    [
      'http://hooks.example',
      ['127.0.0.1'],
      'hooks.example resolves to an address that webhooks may not reach (loopback 127.0.0.0/8).',
    ],
    [
      'http://hooks.example',
      ['93.184.215.14', '10.0.0.1'],
      'hooks.example resolves to an address that webhooks may not reach (private 10.0.0.0/8).',
    ],
    [
      'http://hooks.example',
      ['::ffff:127.0.0.1'],
      'hooks.example resolves to an address that webhooks may not reach (IPv4-mapped loopback 127.0.0.0/8).',
    ],
    ['http://127.0.0.1', [], '127.0.0.1 is an address that webhooks may not reach (loopback 127.0.0.0/8).'],
    ['http://2130706433', [], '127.0.0.1 is an address that webhooks may not reach (loopback 127.0.0.0/8).'],
    [
      'http://[::ffff:127.0.0.1]',
      [],
      '::ffff:7f00:1 is an address that webhooks may not reach (IPv4-mapped loopback 127.0.0.0/8).',
    ],
  ])('%s at %j is refused before a byte is sent', async (host, addresses, errorMessage) => {
    let connections = 0;
    const server = createTcpServer(() => (connections += 1));
    const { port } = new URL(await listen(server));
    const sender = openClient({ allowedCidrs: [], resolveHost: () => Promise.resolve(to(...addresses)) });
    expect(await sender.send(post(`${host}:${port}/`))).toMatchObject({
      errorClass: 'blocked_address',
      errorMessage,
      remoteAddress: null,
    });
    expect(connections).toBe(0);
  });

  it('a name that changes to a guarded address between two connections is refused at the second', async () => {
    const url = new URL(
      await httpReceiver((_request, response) => response.setHeader('Connection', 'close').end()),
    );
    let address = '127.0.0.1';
    const sender = openClient({
      allowedCidrs: ['127.0.0.1/32'],
      resolveHost: () => Promise.resolve(to(address)),
    });
    const request = post(`http://rebind.example:${url.port}/`);
    expect(await sender.send(request)).toMatchObject({ errorClass: null });
    address = '127.0.0.2';
    expect(await sender.send(request)).toMatchObject({ errorClass: 'blocked_address' });
  });
});
