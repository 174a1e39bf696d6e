import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../testing/certificates.js';
import { MailServer } from '../../testing/mail-server.js';
import { LookUpCapacityError } from '../dns/look-up-error.js';
import { SmtpClient, type SmtpServer } from './smtp-client.js';

const HOST = 'mail.example';
const authority = makeCertificate({ commonName: 'Trusted Mail Authority', isAuthority: true });
const certificate = makeCertificate({ commonName: HOST, dnsName: HOST, issuer: authority });
const stranger = makeCertificate({ commonName: HOST, dnsName: HOST });
const systemAuthorities = getCACertificates('default');

const client = new SmtpClient({
  allowedCidrs: ['127.0.0.0/8'],
  resolveHost: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
});
const mail = {
  from: 'alerts@example.com',
  to: ['ops@example.com', 'li@example.com'],
  subject: '告警触发',
  text: 'text',
  html: '<p>text</p>',
};
let server: MailServer | undefined;

beforeAll(() => {
  setDefaultCACertificates([...systemAuthorities, authority.cert]);
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

afterAll(() => {
  setDefaultCACertificates(systemAuthorities);
});

async function start(options?: SMTPServerOptions): Promise<MailServer> {
  server = await MailServer.start(options);
  return server;
}

function send(target: Partial<SmtpServer>, timeoutMs = 5_000, signal?: AbortSignal) {
  const smtp = { host: HOST, port: 1, security: 'none', username: '', password: '', ...target } as const;
  return client.send(smtp, mail, timeoutMs, signal);
}

const withLogin: SMTPServerOptions = {
  authOptional: false,
  onAuth: ({ username, password }, _session, done) => {
    if (username === 'alerts' && password === 'right') done(null, { user: username });
    else done(new Error('Invalid username or password'));
  },
};

describe('a mail', () => {
  it('arrives in the clear when it is asked to', async () => {
    const { port, mails } = await start();
    expect(await send({ port })).toMatchObject({ isSent: true, replyCode: 250, errorMessage: null });
    expect(mails).toMatchObject([
      {
        from: 'alerts@example.com',
        to: ['ops@example.com', 'li@example.com'],
        isEncrypted: false,
        user: null,
      },
    ]);
    expect(mails[0]?.raw).toContain('Auto-Submitted: auto-generated');
  });

  it.each(['starttls', 'tls'] as const)('arrives encrypted and logged in with %s', async (security) => {
    const { port, mails } = await start({ ...certificate, ...withLogin, secure: security === 'tls' });
    const outcome = await send({ port, security, username: 'alerts', password: 'right' });
    expect(outcome).toMatchObject({ isSent: true, errorMessage: null });
    expect(mails).toMatchObject([{ isEncrypted: true, user: 'alerts' }]);
  });

  it('is sent although one of several recipients is refused, and says which', async () => {
    const { port } = await start({
      onRcptTo: ({ address }, _session, done) => {
        done(address.startsWith('li') ? new Error('no such user') : null);
      },
    });
    expect(await send({ port })).toMatchObject({
      isSent: true,
      errorMessage: 'The server refused li@example.com.',
    });
  });
});

describe('a mail that does not go out says why', () => {
  it('where STARTTLS is insisted on and not offered', async () => {
    const { port, mails } = await start();
    const outcome = await send({ port, security: 'starttls' });
    expect(outcome).toMatchObject({ isSent: false });
    expect(outcome.errorMessage).toMatch(/^TLS with mail\.example:\d+ failed/);
    expect(mails).toEqual([]);
  });

  it('where the certificate is not trusted', async () => {
    const { port, mails } = await start({ ...stranger, secure: true });
    const outcome = await send({ port, security: 'tls' });
    expect(outcome.isSent).toBe(false);
    expect(outcome.errorMessage).toMatch(/self-signed/);
    expect(mails).toEqual([]);
  });

  it('unless its authority is one of those given', async () => {
    const privately = makeCertificate({ commonName: 'Company Mail Authority', isAuthority: true });
    const issued = makeCertificate({ commonName: HOST, dnsName: HOST, issuer: privately });
    const trusting = new SmtpClient({
      allowedCidrs: ['127.0.0.0/8'],
      resolveHost: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      authorities: privately.cert,
    });
    for (const security of ['tls', 'starttls'] as const) {
      const { port } = await start({ ...issued, authOptional: true, secure: security === 'tls' });
      const target = { host: HOST, port, security, username: '', password: '' };
      expect(await send(target)).toMatchObject({ isSent: false });
      expect(await trusting.send(target, mail, 5_000)).toMatchObject({ isSent: true });
      await server?.stop();
    }
  });

  it('where the login is refused', async () => {
    const { port } = await start({ ...certificate, ...withLogin });
    const outcome = await send({ port, security: 'starttls', username: 'alerts', password: 'wrong-secret' });
    expect(outcome).toMatchObject({ isSent: false, replyCode: 535 });
    expect(outcome.errorMessage).toMatch(/refused the login: 535/);
    expect(JSON.stringify(outcome)).not.toContain('wrong-secret');
  });

  it('where every recipient is refused', async () => {
    const { port } = await start({
      onRcptTo: (_address, _session, done) => {
        done(new Error('no such user'));
      },
    });
    const outcome = await send({ port });
    expect(outcome).toMatchObject({ isSent: false, replyCode: 550 });
    expect(outcome.errorMessage).toMatch(/refused the sender or the recipients: 550 no such user/);
  });

  it('where nothing listens', async () => {
    const { port } = await start();
    await server?.stop();
    server = undefined;
    const outcome = await send({ port });
    expect(outcome.errorMessage).toBe(`${HOST}:${String(port)} refused the connection.`);
  });

  it('where the server never greets', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const connected = once(silent, 'connection') as Promise<[{ destroy: () => void }]>;
    const outcome = await send({ port }, 200);
    expect(outcome).toMatchObject({
      isSent: false,
      errorMessage: `${HOST}:${String(port)} did not take the mail within 200 ms.`,
    });
    (await connected)[0].destroy();
    silent.close();
  });

  it('is none of the server when its host was not looked up because of us', async () => {
    const crowded = new SmtpClient({
      resolveHost: (hostname) => Promise.reject(new LookUpCapacityError(hostname)),
    });
    const target = { host: HOST, port: 25, security: 'none', username: '', password: '' } as const;
    await expect(crowded.send(target, mail, 5_000)).rejects.toThrow(LookUpCapacityError);
  });

  it.each([
    ['by address', '10.0.0.7', client],
    [
      'by name',
      'mail.internal',
      new SmtpClient({ resolveHost: () => Promise.resolve([{ address: '10.0.0.7', family: 4 }]) }),
    ],
  ])('where the host is guarded, %s', async (_, host, guarded) => {
    const target = { host, port: 25, security: 'none', username: '', password: '' } as const;
    const outcome = await guarded.send(target, mail, 5_000);
    expect(outcome).toMatchObject({ isSent: false, replyCode: null });
    expect(outcome.errorMessage).toMatch(/may not reach \(private 10\.0\.0\.0\/8\)\.$/);
  });
});

it('is given up when it is aborted', async () => {
  const { port } = await start({ onConnect: () => undefined });
  const stop = new AbortController();
  const sending = send({ port }, 5_000, stop.signal);
  stop.abort(new Error('stopping'));
  await expect(sending).rejects.toThrow('stopping');
});
