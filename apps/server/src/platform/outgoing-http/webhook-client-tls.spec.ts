import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer as createHttp2Server } from 'node:http2';
import { createServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type CertificateSpec } from '../../testing/certificates.js';
import { WebhookClient } from './webhook-client.js';

const aNumber: unknown = expect.any(Number);

const authority = makeCertificate({ commonName: 'Trusted Test Authority', isAuthority: true });
const unknown = makeCertificate({ commonName: 'Unknown Test Authority', isAuthority: true });
const HOST = 'hooks.example';
const good: CertificateSpec = { commonName: HOST, dnsName: HOST, issuer: authority };

const systemAuthorities = getCACertificates('default');
const client = new WebhookClient({
  allowedCidrs: ['127.0.0.0/8'],
  resolveHost: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
});
let server: Server | undefined;

beforeAll(() => {
  setDefaultCACertificates([...systemAuthorities, authority.cert]);
});

afterEach(async () => {
  server?.close();
  if (server?.listening) await once(server, 'close');
});

afterAll(async () => {
  await client.close();
  setDefaultCACertificates(systemAuthorities);
});

async function urlOf(listener: Server): Promise<string> {
  server = listener.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://${HOST}:${String((server.address() as AddressInfo).port)}/`;
}

const https = (certificate: CertificateSpec, options: TlsOptions = {}) =>
  urlOf(
    createServer({ ...makeCertificate(certificate), ...options }, (_request, response) =>
      response.setHeader('Connection', 'close').end('ok'),
    ),
  );

const send = (url: string) => client.send({ url, headers: [], body: Buffer.from('{}'), timeoutMs: 5_000 });

describe('a TLS connection', () => {
  it('with a good certificate delivers, and its handshake is timed', async () => {
    const outcome = await send(await https(good));
    expect(outcome).toMatchObject({ errorClass: null, responseBody: 'ok', remoteAddress: '127.0.0.1' });
    expect(outcome.phases).toEqual({
      dnsMs: aNumber,
      connectMs: aNumber,
      tlsMs: aNumber,
      firstByteMs: aNumber,
    });
    expect(outcome.phases.tlsMs).toBeGreaterThan(0);
  });

  it.each([
    ['has expired', { ...good, fromDay: -3, toDay: -1 }, 'tls_expired'],
    ['is not valid yet', { ...good, fromDay: 1, toDay: 3 }, 'tls_expired'],
    ['is for another host name', { ...good, dnsName: 'other.example' }, 'tls_hostname'],
    ['is self-signed', { commonName: HOST, dnsName: HOST }, 'tls_untrusted'],
    ['comes without its issuer', { ...good, issuer: unknown }, 'tls_untrusted'],
  ] satisfies [string, CertificateSpec, string][])(
    'whose certificate %s fails',
    async (what, certificate, errorClass) => {
      const outcome = await send(await https(certificate));
      expect(outcome).toMatchObject({ errorClass, responseStatus: null });
      expect(outcome.errorMessage).toMatch(
        new RegExp(`^The TLS certificate of hooks\\.example:\\d+ ${what}\\.$`),
      );
    },
  );

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s is checked each time', async (version) => {
    const url = await https(
      { ...good, dnsName: 'other.example' },
      { minVersion: version, maxVersion: version },
    );
    for (let i = 0; i < 3; i += 1) expect(await send(url)).toMatchObject({ errorClass: 'tls_hostname' });
  });

  it('to a server that speaks plain HTTP fails', async () => {
    const outcome = await send(await urlOf(createHttpServer((_request, response) => response.end('ok'))));
    expect(outcome).toMatchObject({ errorClass: 'tls_other', responseStatus: null });
    expect(outcome.errorMessage).toContain('it does not seem to speak TLS on this port');
  });

  it('to a server that offers only outdated versions fails', async () => {
    const url = await https(good, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' });
    expect(await send(url)).toMatchObject({ errorClass: 'tls_other' });
  });

  it('closed during the handshake fails', async () => {
    const url = await urlOf(createTcpServer((socket) => socket.once('data', () => socket.end())));
    expect(await send(url)).toMatchObject({ errorClass: 'tls_other' });
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'over %s to a server that demands a client certificate fails, and the demand is noted',
    async (version) => {
      const demand = { requestCert: true, rejectUnauthorized: true, ca: [authority.cert] };
      const url = await https(good, { ...demand, minVersion: version, maxVersion: version });
      const { errorClass, evidence } = await send(url);
      expect(errorClass).toMatch(/^(tls_other|reset)$/);
      expect(evidence).toMatchObject({ clientCertificate: 'asked' });
    },
  );

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'over %s that fails for another reason notes no such demand',
    async (version) => {
      const url = await urlOf(
        createServer({ ...makeCertificate(good), minVersion: version, maxVersion: version }, (request) =>
          request.socket.destroy(),
        ),
      );
      const { errorClass, evidence } = await send(url);
      expect(errorClass).toBe('reset');
      expect(evidence).not.toHaveProperty('clientCertificate');
    },
  );

  it('to a server that speaks HTTP/2 only fails with the code that says so', async () => {
    const url = await urlOf(createHttp2Server({ ...makeCertificate(good), allowHTTP1: false }));
    const { errorClass, evidence } = await send(url);
    expect(errorClass).toBe('tls_other');
    expect(evidence?.code).toContain('NO_APPLICATION_PROTOCOL');
  });
});
