import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../testing/certificates.js';
import { startConnectProxy, type ConnectProxy } from '../../testing/connect-proxy.js';
import { closeAfterEach, httpReceiver, listen, openClient, post } from '../../testing/local-receiver.js';
import { NotSentError } from '../limits/not-sent-error.js';
import type { WebhookClientOptions } from './webhook-client.js';

closeAfterEach();

const aNumber: unknown = expect.any(Number);
const HOST = 'hooks.example';
const authority = makeCertificate({ commonName: 'Private Authority', isAuthority: true });
const certificate = makeCertificate({ commonName: HOST, dnsName: HOST, issuer: authority });
const resolveHost = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
const proxies: ConnectProxy[] = [];

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.stop();
});

async function proxied(options: Parameters<typeof startConnectProxy>[0] = {}, scheme = 'http') {
  const proxy = await startConnectProxy(options);
  proxies.push(proxy);
  return { proxy, url: `${scheme}://127.0.0.1:${String(proxy.port)}` };
}

function senderBehind(proxyUrl: string, override: Partial<WebhookClientOptions> = {}) {
  return openClient({ resolveHost, proxy: { url: proxyUrl, exceptions: [] }, ...override });
}

async function notSent(sending: Promise<unknown>): Promise<NotSentError> {
  const error: unknown = await sending.catch((reason: unknown) => reason);
  if (error instanceof NotSentError) return error;
  throw new Error(`It was sent: ${JSON.stringify(error)}`);
}

const okReceiver = () => httpReceiver((_request, response) => response.end('ok'));
const httpsReceiver = () =>
  listen(createHttpsServer(certificate, (request, response) => response.end(request.headers.host)));

describe('a request through the outgoing proxy', () => {
  it('arrives, over one tunnel to the very address that was judged, and the connection is kept', async () => {
    const { port } = new URL(await okReceiver());
    const { proxy, url } = await proxied();
    const sender = senderBehind(url);
    const target = `http://${HOST}:${port}/callback`;
    const first = await sender.send(post(target));
    expect(first).toMatchObject({ errorClass: null, responseBody: 'ok', remoteAddress: '127.0.0.1' });
    expect(first.phases).toEqual({ dnsMs: aNumber, connectMs: aNumber, tlsMs: null, firstByteMs: aNumber });
    expect(await sender.send(post(target))).toMatchObject({
      responseBody: 'ok',
      phases: { connectMs: null },
    });
    expect(proxy.asked).toEqual([`127.0.0.1:${port}`]);
    expect(proxy.credentials).toEqual([undefined]);
  });

  it('arrives over TLS, whose certificate is judged by the host’s name', async () => {
    const { port } = new URL(await httpsReceiver());
    const { proxy, url } = await proxied();
    const sender = senderBehind(url, { authorities: authority.cert });
    const outcome = await sender.send(post(`https://${HOST}:${port}/callback`));
    expect(outcome).toMatchObject({ errorClass: null, responseBody: `${HOST}:${port}` });
    expect(outcome.phases.tlsMs).toBeGreaterThan(0);
    expect(await sender.send(post(`https://other.example:${port}/`))).toMatchObject({
      errorClass: 'tls_hostname',
    });
    expect(proxy.asked).toEqual([`127.0.0.1:${port}`, `127.0.0.1:${port}`]);
  });

  it.each(['http', 'https'])('goes through a proxy that speaks TLS itself to %s', async (scheme) => {
    const receiver = scheme === 'http' ? await okReceiver() : await httpsReceiver();
    const own = makeCertificate({ commonName: 'proxy.example', dnsName: 'localhost', issuer: authority });
    const { proxy, url } = await proxied({ certificate: own }, 'https');
    const sender = senderBehind(url.replace('127.0.0.1', 'localhost'), { authorities: authority.cert });
    const { port } = new URL(receiver);
    expect(await sender.send(post(`${scheme}://${HOST}:${port}/`))).toMatchObject({ errorClass: null });
    expect(proxy.asked).toEqual([`127.0.0.1:${port}`]);
  });

  it('brings the proxy’s user name and password', async () => {
    const { port } = new URL(await okReceiver());
    const { proxy, url } = await proxied();
    const sender = senderBehind(url.replace('//', '//us%40er:p%3Aw@'));
    expect(await sender.send(post(`http://${HOST}:${port}/`))).toMatchObject({ errorClass: null });
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('us@er:p:w').toString('base64')}`]);
  });

  it.each([
    ['a name', HOST, [{ address: '10.1.2.3', family: 4 }]],
    [
      'a name with several addresses',
      HOST,
      [
        { address: '127.0.0.1', family: 4 },
        { address: '10.1.2.3', family: 4 },
      ],
    ],
    ['an address', '10.1.2.3', []],
  ])('to %s that is guarded is refused before the proxy is asked', async (_name, host, addresses) => {
    const { proxy, url } = await proxied();
    const sender = senderBehind(url, { resolveHost: () => Promise.resolve(addresses) });
    expect(await sender.send(post(`http://${host}:8080/`))).toMatchObject({
      errorClass: 'blocked_address',
      remoteAddress: null,
    });
    expect(proxy.asked).toEqual([]);
  });

  it('to an unknown name fails as it does without a proxy', async () => {
    const { proxy, url } = await proxied();
    const sender = senderBehind(url, { resolveHost: () => Promise.resolve([]) });
    expect(await sender.send(post(`http://${HOST}/`))).toMatchObject({
      errorClass: 'dns',
      evidence: { phase: 'dns', code: 'ENOTFOUND' },
    });
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['HTTP/1.1 403 Forbidden\r\n\r\n', 'connect_refused', 'PROXY_ANSWERED_403'],
    ['HTTP/1.1 502 Bad Gateway\r\n\r\n', 'connect_refused', 'PROXY_ANSWERED_502'],
    ['HTTP/1.1 503 Service Unavailable\r\n\r\n', 'connect_refused', 'PROXY_ANSWERED_503'],
    ['HTTP/1.1 504 Gateway Timeout\r\n\r\n', 'connect_timeout', 'PROXY_ANSWERED_504'],
    ['', 'connect_refused', 'PROXY_CLOSED'],
  ])('that the proxy answers with %j fails, and the proxy is named', async (refuseWith, errorClass, code) => {
    const { url } = await proxied({ refuseWith });
    const outcome = await senderBehind(url).send(post(`http://${HOST}:8080/`));
    expect(outcome).toMatchObject({ errorClass, evidence: { phase: 'connect', code } });
    expect(outcome.errorMessage).toContain('outgoing proxy');
    expect(JSON.stringify(outcome)).not.toContain(new URL(url).port);
  });

  it.each([
    ['HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'refuses the credentials'],
    ['SSH-2.0-OpenSSH\r\n\r\n', 'does not answer as a proxy does'],
    [`HTTP/1.1 200 ${'x'.repeat(40_000)}`, 'does not answer as a proxy does'],
  ])('that the proxy itself fails with %j is no attempt', async (refuseWith, message) => {
    const { url } = await proxied({ refuseWith });
    const error = await notSent(senderBehind(url).send(post(`http://${HOST}:8080/`)));
    expect(error.message).toContain(`The outgoing proxy ${message}`);
    expect(error.message).not.toContain(new URL(url).port);
  });

  it('that finds no proxy is no attempt', async () => {
    const { proxy, url } = await proxied();
    await proxy.stop();
    proxies.length = 0;
    const error = await notSent(senderBehind(url).send(post(`http://${HOST}:8080/`)));
    expect(error.message).toContain('The outgoing proxy cannot be reached');
  });

  it('that reaches no proxy before the deadline is no attempt', async () => {
    const silent = await listen(createTcpServer());
    const sender = senderBehind(silent.replace('http:', 'https:'));
    const error = await notSent(sender.send(post(`http://${HOST}:8080/`, { timeoutMs: 300 })));
    expect(error.message).toContain('The outgoing proxy cannot be reached');
  });

  it('that the proxy does not answer ends at the deadline, and its connection with it', async () => {
    const { proxy, url } = await proxied({ refuseWith: null });
    const outcome = await senderBehind(url).send(post(`http://${HOST}:8080/`, { timeoutMs: 300 }));
    expect(outcome.errorClass).toBe('connect_timeout');
    expect(proxy.asked).toHaveLength(1);
  });
});

describe('exceptions from the outgoing proxy', () => {
  it.each([
    ['*', true],
    [HOST, true],
    ['example', true],
    ['.example', true],
    ['*.example', true],
    ['HOOKS.Example', true],
    ['other.example', false],
    ['s.example', false],
    ['127.0.0.0/8', false],
  ])('%s', async (exception, isDirect) => {
    const { port } = new URL(await okReceiver());
    const { proxy, url } = await proxied();
    const sender = openClient({ resolveHost, proxy: { url, exceptions: [exception] } });
    expect(await sender.send(post(`http://${HOST}:${port}/`))).toMatchObject({ errorClass: null });
    expect(proxy.asked).toHaveLength(isDirect ? 0 : 1);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.0.0.0/8', true],
    ['10.0.0.0/8', false],
  ])('%s for an address', async (exception, isDirect) => {
    const target = await okReceiver();
    const { proxy, url } = await proxied();
    const sender = openClient({ proxy: { url, exceptions: [exception] } });
    expect(await sender.send(post(target))).toMatchObject({ errorClass: null });
    expect(proxy.asked).toHaveLength(isDirect ? 0 : 1);
  });

  it('with a port are for that port', async () => {
    const target = await okReceiver();
    const { proxy, url } = await proxied();
    const exceptions = [`127.0.0.1:${new URL(target).port}`, '127.0.0.1:1'];
    expect(await openClient({ proxy: { url, exceptions } }).send(post(target))).toMatchObject({
      errorClass: null,
    });
    expect(proxy.asked).toEqual([]);
  });

  it('are guarded anyway', async () => {
    let connections = 0;
    const { port } = new URL(await listen(createTcpServer(() => (connections += 1))));
    const { url } = await proxied();
    const sender = openClient({ allowedCidrs: [], proxy: { url, exceptions: ['*'] } });
    expect(await sender.send(post(`http://127.0.0.1:${port}/`))).toMatchObject({
      errorClass: 'blocked_address',
    });
    expect(connections).toBe(0);
  });
});

describe('private authorities', () => {
  it('are trusted in addition to the usual ones', async () => {
    const { port } = new URL(await httpsReceiver());
    const target = `https://${HOST}:${port}/`;
    expect(await openClient({ resolveHost }).send(post(target))).toMatchObject({
      errorClass: 'tls_untrusted',
    });
    expect(await openClient({ resolveHost, authorities: authority.cert }).send(post(target))).toMatchObject({
      errorClass: null,
    });
  });
});

describe('a client certificate', () => {
  const mine = makeCertificate({ commonName: 'callback sender', issuer: authority });
  const foreign = makeCertificate({ commonName: 'callback sender' });
  const asClient = (id: string, { cert, key }: typeof mine) => ({
    id,
    open: () => ({ certificate: cert, key }),
  });

  async function demandingReceiver(version: 'TLSv1.2' | 'TLSv1.3') {
    const seen: (string | undefined)[] = [];
    const server = createHttpsServer(
      {
        ...certificate,
        ca: [authority.cert],
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: version,
        maxVersion: version,
      },
      (request, response) => {
        const { subject } = (
          request.socket as unknown as { getPeerCertificate: () => { subject: { CN: string } } }
        ).getPeerCertificate();
        seen.push(subject.CN);
        response.end('ok');
      },
    );
    let connections = 0;
    server.on('secureConnection', () => (connections += 1));
    const { port } = new URL(await listen(server));
    return { seen, connections: () => connections, url: `https://${HOST}:${port}/` };
  }

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is shown to a receiver that asks over %s', async (version) => {
    const { seen, url } = await demandingReceiver(version);
    const sender = openClient({ resolveHost, authorities: authority.cert });
    expect(await sender.send(post(url, { clientCertificate: asClient('one', mine) }))).toMatchObject({
      errorClass: null,
      responseBody: 'ok',
    });
    expect(seen).toEqual(['callback sender']);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'that the receiver does not trust fails over %s',
    async (version) => {
      const { url } = await demandingReceiver(version);
      const sender = openClient({ resolveHost, authorities: authority.cert });
      const outcome = await sender.send(post(url, { clientCertificate: asClient('one', foreign) }));
      expect(outcome.errorClass).toMatch(/^(tls_other|reset)$/);
      expect(outcome.evidence).toMatchObject({ clientCertificate: 'sent' });
    },
  );

  it('is also shown through the outgoing proxy', async () => {
    const { seen, url } = await demandingReceiver('TLSv1.3');
    const sender = senderBehind((await proxied()).url, { authorities: authority.cert });
    await sender.send(post(url, { clientCertificate: asClient('one', mine) }));
    expect(seen).toEqual(['callback sender']);
  });

  it.each([
    ['directly', false],
    ['through the outgoing proxy', true],
  ])('that cannot be opened fails its request alone %s', async (_way, isProxied) => {
    const { url } = await demandingReceiver('TLSv1.3');
    const options = { authorities: authority.cert };
    const sender = isProxied
      ? senderBehind((await proxied()).url, options)
      : openClient({ resolveHost, ...options });
    const open = () => {
      throw new Error('sealed with another key');
    };
    const outcome = await sender.send(post(url, { clientCertificate: { id: 'one', open } }));
    expect(outcome).toMatchObject({ responseStatus: null });
    expect(await sender.send(post(url, { clientCertificate: asClient('two', mine) }))).toMatchObject({
      errorClass: null,
    });
  });

  it('has connections of its own: what shows another one, or none, never goes over them', async () => {
    const { url, connections } = await demandingReceiver('TLSv1.3');
    const sender = openClient({ resolveHost, authorities: authority.cert });
    const one = asClient('one', mine);
    for (let count = 0; count < 2; count += 1) await sender.send(post(url, { clientCertificate: one }));
    expect(connections()).toBe(1);
    await sender.send(post(url, { clientCertificate: asClient('two', mine) }));
    expect(connections()).toBe(2);
    expect((await sender.send(post(url))).responseStatus).toBeNull();
  });
});
