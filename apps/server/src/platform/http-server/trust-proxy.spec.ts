import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { normalizeForwardedFor, trustOf, type TrustedProxies } from './trust-proxy.js';

/** The client address of a request that came over a proxy at 10.0.0.1. */
async function callerSeen(proxies: TrustedProxies, forwardedFor?: string): Promise<string> {
  const app = fastify({ trustProxy: trustOf(proxies) });
  app.addHook('onRequest', (request, _reply, done) => {
    normalizeForwardedFor(request.raw);
    done();
  });
  app.get('/', ({ ip }) => ip);
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return (await app.inject({ url: '/', remoteAddress: '10.0.0.1', headers })).body;
}

describe('the client address behind proxies', () => {
  it.each<[TrustedProxies, string | undefined, string]>([
    // None is trusted.
    [false, '198.51.100.9', '10.0.0.1'],
    [0, '198.51.100.9', '10.0.0.1'],
    // One proxy appends the address it saw; the caller wrote what is left of it.
    [1, undefined, '10.0.0.1'],
    [1, '198.51.100.9', '198.51.100.9'],
    [1, '6.6.6.6, 198.51.100.9', '198.51.100.9'],
    [1, '6.6.6.6,7.7.7.7,198.51.100.9', '198.51.100.9'],
    [2, '6.6.6.6, 198.51.100.9, 10.0.0.2', '198.51.100.9'],
    [2, '198.51.100.9', '198.51.100.9'],
    [['10.0.0.0/8'], '6.6.6.6, 198.51.100.9, 10.0.0.2', '198.51.100.9'],
    [['10.0.0.1'], '6.6.6.6, 198.51.100.9, 10.0.0.2', '10.0.0.2'],
    [['10.0.0.0/8', '2001:db8::/32'], '198.51.100.9, 2001:db8::2', '198.51.100.9'],
    [['192.0.2.0/24'], '198.51.100.9', '10.0.0.1'],
    // As some proxies write it: with a port, in brackets, mapped, or no address at all.
    [1, '198.51.100.9:4711', '198.51.100.9'],
    [1, '[2001:db8::9]:4711', '2001:db8::9'],
    [1, '::ffff:198.51.100.9', '198.51.100.9'],
    [1, '198.51.100.9, unknown', '10.0.0.1'],
    [2, '6.6.6.6, unknown, 10.0.0.2', '10.0.0.2'],
    [1, 'not an address', '10.0.0.1'],
    [1, '', '10.0.0.1'],
    [1, '1', '10.0.0.1'],
  ])('trusting %j, "%s" is %s', async (proxies, forwardedFor, caller) => {
    expect(await callerSeen(proxies, forwardedFor)).toBe(caller);
  });
});
