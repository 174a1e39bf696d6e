import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { makeCertificate, type CertificateSpec } from '../../testing/certificates.js';
import {
  closeAfterEach,
  httpReceiver,
  listen,
  openClient,
  post,
  tcpReceiver,
} from '../../testing/local-receiver.js';

closeAfterEach();

const LOOPBACK = { resolveHost: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) };
const HOST = 'hooks.example';
const authority = makeCertificate({ commonName: 'Private Authority', isAuthority: true });

async function tlsUrl(spec: CertificateSpec): Promise<string> {
  const url = await listen(
    createHttpsServer(makeCertificate(spec), (_request, response) => response.end('ok')),
  );
  return `https://${HOST}:${new URL(url).port}/callback`;
}

function resolverError(code: string): Error {
  return Object.assign(new Error(`getaddrinfo ${code}`), { code });
}

/** A closed port, which was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the evidence of a failure', () => {
  it.each<[string, CertificateSpec, Record<string, unknown>]>([
    ['self-signed', { commonName: HOST, dnsName: HOST }, { isSelfSigned: true, issuer: HOST }],
    [
      'from an unknown issuer',
      { commonName: HOST, dnsName: HOST, issuer: authority },
      { isSelfSigned: false, issuer: 'Private Authority' },
    ],
    [
      'for another name',
      { commonName: 'other', dnsName: 'other.example', issuer: authority },
      { subject: 'other', altNames: ['other.example'] },
    ],
  ])('names the certificate that is %s', async (_what, spec, facts) => {
    const { evidence } = await openClient(LOOPBACK).send(post(await tlsUrl(spec)));
    expect(evidence).toMatchObject({
      host: HOST,
      path: '/callback',
      phase: 'tls',
      addresses: ['127.0.0.1'],
      certificate: facts,
    });
  });

  it('records from when to when the certificate was valid', async () => {
    const url = await tlsUrl({ commonName: HOST, dnsName: HOST, fromDay: -9, toDay: -2 });
    const { evidence } = await openClient(LOOPBACK).send(post(url));
    const { validFrom, validTo } = evidence?.certificate ?? { validFrom: '', validTo: '' };
    expect(Date.parse(validTo) - Date.parse(validFrom)).toBe(7 * 86_400_000);
    expect(Date.parse(validTo)).toBeLessThan(Date.now());
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('keeps what the resolver said: %s', async (code) => {
    const client = openClient({ resolveHost: () => Promise.reject(resolverError(code)) });
    const { errorClass, evidence } = await client.send(post('http://gone.example/'));
    expect(errorClass).toBe('dns');
    expect(evidence).toMatchObject({ phase: 'dns', code, host: 'gone.example', port: 80, addresses: [] });
  });

  it('records a port that refuses', async () => {
    const url = `http://127.0.0.1:${String(await closedPort())}/x`;
    const { evidence } = await openClient().send(post(url));
    expect(evidence).toMatchObject({ phase: 'connect', code: 'ECONNREFUSED', path: '/x' });
  });

  it('names the rule that blocked the address and not the address', async () => {
    const client = openClient({ resolveHost: () => Promise.resolve([{ address: '10.1.2.3', family: 4 }]) });
    const { errorClass, evidence } = await client.send(post('http://intranet.example/'));
    expect(errorClass).toBe('blocked_address');
    expect(evidence).toMatchObject({ blockedRange: 'private 10.0.0.0/8', addresses: [] });
    expect(JSON.stringify(evidence)).not.toContain('10.1.2.3');
  });

  it('of an answer records the path and the size, not the query', async () => {
    const url = await httpReceiver((_request, response) => response.writeHead(413).end());
    const { evidence } = await openClient().send(
      post(`${url}a/b?token=hidden`, { body: Buffer.alloc(1_000) }),
    );
    expect(evidence).toMatchObject({ path: '/a/b', requestBytes: 1_000, certificate: null });
    expect(JSON.stringify(evidence)).not.toContain('hidden');
  });

  it('of a deadline records the phase that used the time', async () => {
    let isSilent = false;
    const url = await tcpReceiver((socket) => {
      if (!isSilent) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      isSilent = true;
    });
    const sender = openClient();
    // Over a kept connection, so that none of the time goes into making one.
    await sender.send(post(url));
    const { errorClass, evidence } = await sender.send(post(url, { timeoutMs: 200 }));
    expect(errorClass).toBe('response_timeout');
    expect(evidence).toMatchObject({ phase: 'response', timeoutMs: 200, code: null });
  });
});

describe('a success', () => {
  it('leaves no evidence', async () => {
    const url = await httpReceiver((_request, response) => response.end('ok'));
    expect((await openClient().send(post(url))).evidence).toBeNull();
  });
});
