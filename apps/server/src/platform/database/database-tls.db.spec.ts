import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../testing/certificates.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { startTlsFront, type TlsFront } from '../../testing/tls-front.js';
import { migrateDatabase, postgresOptions } from './data-source.js';

const authority = makeCertificate({ commonName: 'Database Authority', isAuthority: true });
const stranger = makeCertificate({ commonName: 'Another Authority', isAuthority: true });

let database: TestDatabase;
let front: TlsFront;
let directory: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const certificate = makeCertificate({ commonName: 'db', dnsName: 'localhost', issuer: authority });
  const port = Number(new URL(database.databaseUrl).port);
  front = await startTlsFront({ port, certificate, protocol: 'postgresql' });
  directory = await mkdtemp(path.join(tmpdir(), 'im-callback-ca-'));
  await writeFile(path.join(directory, 'authority.pem'), authority.cert);
  await writeFile(path.join(directory, 'stranger.pem'), stranger.cert);
});

afterAll(async () => {
  await front.stop();
  await database.drop();
  await rm(directory, { recursive: true });
});

/** @param rootFile name of a file in the directory of authorities */
function urlWith(host: string, sslmode: string, rootFile?: string): string {
  const url = new URL(database.databaseUrl);
  url.host = `${host}:${front.port}`;
  url.searchParams.set('sslmode', sslmode);
  if (rootFile) url.searchParams.set('sslrootcert', path.join(directory, rootFile));
  return url.href;
}

async function connect(url: string): Promise<void> {
  const dataSource = await new DataSource(postgresOptions(url, 2)).initialize();
  await dataSource.query('SELECT 1');
  await dataSource.destroy();
}

describe('sslmode in the URL of PostgreSQL means what it means everywhere:', () => {
  it.each([
    ['localhost', 'require', undefined],
    ['localhost', 'verify-ca', 'authority.pem'],
    ['127.0.0.1', 'verify-ca', 'authority.pem'],
    ['localhost', 'verify-full', 'authority.pem'],
  ])('to %s with %s and %s it connects, over TLS', async (host, mode, rootFile) => {
    const before = front.secured();
    await connect(urlWith(host, mode, rootFile));
    expect(front.secured()).toBeGreaterThan(before);
  });

  it.each([
    ['localhost', 'verify-full', undefined, /certificate/],
    ['localhost', 'verify-ca', 'stranger.pem', /certificate/],
    ['127.0.0.1', 'verify-full', 'authority.pem', /altnames|does not match/i],
  ])('to %s with %s and %s it does not', async (host, mode, rootFile, reason) => {
    await expect(connect(urlWith(host, mode, rootFile))).rejects.toThrow(reason);
  });

  it('the schema is brought up to date the same way', async () => {
    const before = front.secured();
    await migrateDatabase(urlWith('localhost', 'verify-full', 'authority.pem'));
    expect(front.secured()).toBeGreaterThan(before);
  });
});
