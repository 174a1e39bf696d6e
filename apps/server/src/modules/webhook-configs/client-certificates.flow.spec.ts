import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { makeCertificate } from '../../testing/certificates.js';
import { startConnectProxy, type ConnectProxy } from '../../testing/connect-proxy.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const HOST = 'localhost';
const authority = makeCertificate({ commonName: 'Company Authority', isAuthority: true });
const mine = makeCertificate({ commonName: 'callbacks.example', issuer: authority });
const another = makeCertificate({ commonName: 'other.example', issuer: authority });
const clientCertificate = { certificate: mine.cert, key: mine.key };
const folder = mkdtempSync(path.join(tmpdir(), 'im-callback-ca-'));

let service: TestService;
let proxy: ConnectProxy;
let app: AppUnderTest;
let receiver: Server;
/** Common names of the certificates shown with each request; undefined: none. */
let shown: (string | undefined)[];

beforeAll(async () => {
  const caFile = path.join(folder, 'ca.pem');
  writeFileSync(caFile, authority.cert);
  proxy = await startConnectProxy();
  service = await startTestService({
    OUTGOING_CA_FILE: caFile,
    OUTGOING_PROXY_URL: `http://127.0.0.1:${String(proxy.port)}`,
    OUTGOING_NO_PROXY: '127.0.0.1',
  });
});

beforeEach(async () => {
  app = await service.addApp();
  shown = [];
  const certificate = makeCertificate({ commonName: HOST, dnsName: HOST, issuer: authority });
  const demand = { requestCert: true, rejectUnauthorized: true, ca: [authority.cert] };
  receiver = createServer({ ...certificate, ...demand }, (request, response) => {
    shown.push((request.socket as TLSSocket).getPeerCertificate().subject.CN as string | undefined);
    response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});

afterEach(() => {
  receiver.close();
  receiver.closeAllConnections();
});

afterAll(async () => {
  await service.stop();
  await proxy.stop();
  rmSync(folder, { recursive: true });
});

const url = () => `https://${HOST}:${String((receiver.address() as AddressInfo).port)}/callback`;
const onlyOnce = { retryPolicy: { maxAttempts: 1 } };

describe('a webhook with a client certificate', () => {
  it('delivers to a receiver that demands one, through the outgoing proxy, with a private authority', async () => {
    const webhook = await app.addWebhook(url(), { ...onlyOnce, clientCertificate });
    expect(webhook).toMatchObject({
      hasClientCertificate: true,
      clientCertificateSubject: 'callbacks.example',
      clientCertificateExpiresAt: expect.stringMatching(/^\d{4}-.+Z$/) as string,
    });
    expect(await app.deliver()).toMatchObject({ status: 'success' });
    expect(shown).toEqual(['callbacks.example']);
    expect(proxy.asked).toContain(`127.0.0.1:${new URL(url()).port}`);
  });

  it('never returns it, and keeps it sealed', async () => {
    const { webhookId } = await app.addWebhook(url(), { clientCertificate });
    await app.changeWebhook(webhookId, {
      clientCertificate: { certificate: another.cert, key: another.key },
    });
    const answers = [
      await app.call('GET', `/webhooks/${webhookId}`),
      await app.call('GET', '/webhooks'),
      await app.call('GET', `/webhooks/${webhookId}/revisions`),
    ];
    const { rows } = { rows: await service.database.query('SELECT * FROM webhook_configs') };
    const stored = await service.database.query('SELECT changes, settings FROM webhook_revisions');
    const audited = await service.database.query('SELECT detail FROM audit_entries');
    for (const text of [...answers.map((answer) => answer.text), JSON.stringify([rows, stored, audited])]) {
      expect(text).not.toContain('BEGIN');
      expect(text).not.toContain(mine.cert.split('\n')[3]);
    }
    expect(answers[2]?.body).toMatchObject({
      data: [{ changes: [{ field: 'clientCertificate', before: 'set', after: 'set' }] }, { kind: 'created' }],
    });
  });

  it('keeps it until it is replaced or removed', async () => {
    const { webhookId } = await app.addWebhook(url(), { ...onlyOnce, clientCertificate });
    expect(await app.changeWebhook(webhookId, { name: 'renamed' })).toMatchObject({
      hasClientCertificate: true,
    });
    expect(
      await app.changeWebhook(webhookId, {
        clientCertificate: { certificate: another.cert, key: another.key },
      }),
    ).toMatchObject({ clientCertificateSubject: 'other.example' });
    await app.deliver();
    expect(shown).toEqual(['other.example']);
    expect(await app.changeWebhook(webhookId, { clientCertificate: null })).toMatchObject({
      hasClientCertificate: false,
      clientCertificateSubject: null,
      clientCertificateExpiresAt: null,
    });
    const failed = await app.deliver();
    expect(failed).toMatchObject({ status: 'failed', responseStatus: null });
    expect(failed.attemptLog[0]?.diagnosis?.cause.en).toContain('asked for a client certificate');
    expect(failed.attemptLog[0]?.diagnosis?.cause.zh).toContain('要求客户端证书');
  });
});

describe('a client certificate is refused', () => {
  const expired = makeCertificate({ commonName: 'old.example', fromDay: -3, toDay: -1 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const locked = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'secret',
  }) as string;

  it.each([
    ['that is none', { certificate: 'hello', key: mine.key }, 'certificate', 'PEM form'],
    ['whose PEM is damaged', { certificate: damaged(mine.cert), key: mine.key }, 'certificate', 'PEM form'],
    ['that has expired', { certificate: expired.cert, key: expired.key }, 'certificate', 'has expired'],
    ['with the key of another', { certificate: mine.cert, key: another.key }, 'key', 'not the key'],
    ['with a key that is none', { certificate: mine.cert, key: mine.cert }, 'key', 'private key'],
    ['with a key behind a passphrase', { certificate: mine.cert, key: locked }, 'key', 'passphrase'],
    ['of many', { certificate: mine.cert.repeat(11), key: mine.key }, 'certificate', 'at most 10'],
    ['that is very long', { certificate: mine.cert.repeat(40), key: mine.key }, 'certificate', ''],
    ['without a key', { certificate: mine.cert }, 'key', ''],
  ])('%s', async (_name, given, field, message) => {
    const body = { url: url(), clientCertificate: given };
    const created = await app.call('POST', '/webhooks', { body });
    expect(created.status).toBe(422);
    const { webhookId } = await app.addWebhook(url());
    const changed = await app.call('PATCH', `/webhooks/${webhookId}`, { body: { clientCertificate: given } });
    expect(changed.status).toBe(422);
    for (const { body: problem } of [created, changed]) {
      expect(problem).toMatchObject({
        code: 'invalid_input',
        errors: [{ pointer: `/clientCertificate/${field}` }],
      });
      expect(JSON.stringify(problem)).toContain(message);
      expect(JSON.stringify(problem)).not.toContain('BEGIN');
    }
  });
});

function damaged(pem: string): string {
  const lines = pem.split('\n');
  return [...lines.slice(0, 3), 'AAAA', ...lines.slice(5)].join('\n');
}
