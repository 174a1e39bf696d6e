import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../testing/certificates.js';
import { EnvError, readEnv } from './env.js';

const GOOD = {
  DATABASE_URL: 'postgres://im@127.0.0.1:5432/im',
  REDIS_URL: 'redis://127.0.0.1:6379',
  SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
};

function problemsOf(source: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

describe('readEnv', () => {
  it('fills in defaults', () => {
    expect(readEnv(GOOD)).toMatchObject({
      PORT: 8080,
      HOST: '0.0.0.0',
      LOG_LEVEL: 'info',
      WEBHOOK_ALLOWED_CIDRS: [],
    });
  });

  it('takes name servers by address, with a port or without', () => {
    const text = '10.0.0.2, 127.0.0.1:5353,fd00::53,[fd00::53]:5353,localhost:53';
    const servers = ['10.0.0.2', '127.0.0.1:5353', 'fd00::53', '[fd00::53]:5353', '127.0.0.1:53'];
    expect(readEnv({ ...GOOD, DNS_SERVERS: text }).DNS_SERVERS).toEqual(servers);
    expect(readEnv(GOOD).DNS_SERVERS).toEqual([]);
  });

  it('takes an empty variable as absent', () => {
    expect(readEnv({ ...GOOD, PORT: '' }).PORT).toBe(8080);
  });

  it('names everything that is missing, one line each', () => {
    const problems = problemsOf({});
    expect(problems.map((line) => line.split(' ')[0])).toEqual(['DATABASE_URL', 'REDIS_URL', 'SECRETS_KEY']);
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://x'],
    ['REDIS_URL', '127.0.0.1:6379'],
    ['SECRETS_KEY', 'c2hvcnQ='],
    ['ADMIN_EMAIL', 'unknown'],
    ['ADMIN_PASSWORD', 'short'],
    ['PUBLIC_URL', 'console.example.com'],
    ['PUBLIC_URL', 'https://console.example.com/api'],
    ['PUBLIC_URL', 'https://console.example.com/?im'],
    ['WEBHOOK_ALLOWED_CIDRS', '10.0.0.0/8,10.0.0.1'],
    ['WEBHOOK_ALLOWED_CIDRS', '10.0.0.0/64'],
    ['DNS_SERVERS', '10.0.0.2:53,dns.example:53'],
    ['DNS_SERVERS', '10.0.0.2:0'],
    ['DNS_SERVERS', '10.0.0.2:70000'],
    ['DNS_SERVERS', '[10.0.0.2]:53'],
    ['TRUST_PROXY', 'yes'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', '11'],
    ['TRUST_PROXY', '1.5'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.1,proxy.local'],
    ['WEBHOOK_ALLOWED_CIDR', '10.0.0.0/8'],
    ['DATABASE_URL', 'postgres://im@db/im?sslmode=prefer'],
    ['DATABASE_URL', 'postgres://im@db/im?sslmode=verify-ca'],
    ['DATABASE_URL', 'postgres://im@db/im?sslmode=verify-full&sslrootcert=/nowhere/ca.pem'],
    ['DATABASE_MIGRATION_URL', 'mysql://x'],
    ['DATABASE_POOL_SIZES', '5'],
    ['REDIS_URL', 'redis://a:1,b:2'],
    ['REDIS_URL', 'redis://a:1,redis://b:2'],
    ['REDIS_CLUSTER', '1'],
    ['OUTGOING_PROXY_URL', 'proxy.example:3128'],
    ['OUTGOING_PROXY_URL', 'socks5://proxy.example:1080'],
    ['OUTGOING_PROXY_URL', 'http://proxy.example:3128/path'],
    ['OUTGOING_PROXY_URL', 'http://user:50%off@proxy.example:3128'],
    ['OUTGOING_PROXY_URL', 'http://50%off@proxy.example:3128'],
    ['OUTGOING_NO_PROXY', 'intranet.example,http://x'],
    ['OUTGOING_CA_FILE', '/nowhere/ca.pem'],
    ['OUTGOING_CA_FILE', import.meta.filename],
    ['OUTGOING_PROXY', 'http://proxy.example:3128'],
    ['REDIS_TLS_CA_FILE', '/nowhere/ca.pem'],
    ['REDIS_TLS_CA_FILE', import.meta.filename],
    ['REDIS_TLS_CA', import.meta.filename],
    ['DNS_SERVER', '10.0.0.2'],
    ['TRUST_PROXIES', '1'],
    ['METRICS_TOKEN', 'short'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
    ['OTEL_TRACES_SAMPLER_ARG', 'all'],
    ['OIDC_ISSUER', 'login.example.com'],
    ['OIDC_ISSUER', 'http://login.example.com'],
    ['OIDC_SCOPES', 'email profile'],
    ['OIDC_TENANT', 'first'],
    ['OIDC_CREATE_MEMBERS', 'yes'],
    ['OIDC_DEFAULT_ROLE', 'owner'],
    ['OIDC_ROLE_MAP', 'im-admins'],
    ['OIDC_ROLE_MAP', 'im-admins=owner'],
    ['OIDC_CLIENT', 'console'],
    ['METRICS_TOKENS', 'long enough to be a token'],
  ])('refuses %s=%s with one line that names it', (name, value) => {
    const problems = problemsOf({ ...GOOD, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
  });

  it.each<[string | undefined, unknown]>([
    [undefined, false],
    ['false', false],
    ['true', 1],
    ['0', 0],
    ['2', 2],
    ['10.0.0.1', ['10.0.0.1']],
    ['10.0.0.0/8, fd00::/8,192.0.2.1', ['10.0.0.0/8', 'fd00::/8', '192.0.2.1']],
  ])('reads TRUST_PROXY=%s as %j', (text, value) => {
    expect(readEnv({ ...GOOD, TRUST_PROXY: text }).TRUST_PROXY).toEqual(value);
  });

  it('refuses a database number for a cluster, which has only one', () => {
    const problems = problemsOf({ ...GOOD, REDIS_URL: 'redis://a:1/2', REDIS_CLUSTER: 'true' });
    expect(problems).toEqual(['REDIS_URL names a database; a Redis Cluster has only number 0']);
  });

  it('reads the settings of single sign-on', () => {
    const env = readEnv({
      ...GOOD,
      PUBLIC_URL: 'https://callbacks.example.com',
      OIDC_ISSUER: 'https://login.example.com',
      OIDC_CLIENT_ID: 'console',
      OIDC_CLIENT_SECRET: 'secret',
      OIDC_ROLE_CLAIM: 'realm_access.roles',
      OIDC_ROLE_MAP: 'im-admins=admin, cn=dev;dc=example=developer',
    });
    expect(env).toMatchObject({ OIDC_SCOPES: ['openid', 'email', 'profile'], OIDC_DEFAULT_ROLE: 'support' });
    expect([...env.OIDC_ROLE_MAP]).toEqual([
      ['im-admins', 'admin'],
      ['cn=dev;dc=example', 'developer'],
    ]);
  });

  it.each([
    [{ OIDC_ISSUER: 'https://a.example' }, ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL']],
    [{ OIDC_CLIENT_ID: 'console', PUBLIC_URL: 'https://b.example' }, ['OIDC_ISSUER', 'OIDC_CLIENT_SECRET']],
    [{ OIDC_ROLE_CLAIM: 'groups' }, ['OIDC_ROLE_MAP']],
    [{ OIDC_ROLE_MAP: 'a=admin' }, ['OIDC_ROLE_CLAIM']],
  ])('says what single sign-on lacks: %j', (override, names) => {
    const problems = problemsOf({ ...GOOD, ...override });
    expect(problems.map((line) => line.split(' ')[0])).toEqual(names);
  });

  it('leaves variables of other programs alone', () => {
    expect(
      problemsOf({ ...GOOD, WEBKIT_DEBUG: '1', REDIS_PORT: 'tcp://10.0.0.1:6379', HOME: '/root' }),
    ).toEqual([]);
  });
});

describe('OUTGOING_CA_FILE', () => {
  const [one, other] = ['One', 'Other'].map(
    (commonName) => makeCertificate({ commonName, isAuthority: true }).cert,
  ) as [string, string];
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'authorities-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function problemsWith(content: string | Buffer): readonly string[] {
    const file = path.join(directory, 'ca.pem');
    writeFileSync(file, content);
    return problemsOf({ ...GOOD, OUTGOING_CA_FILE: file });
  }

  it('is taken with several certificates, and words between them', () => {
    expect(problemsWith(`# one\n${one}\n# other\n${other}`)).toEqual([]);
  });

  it.each<[what: string, content: string | Buffer]>([
    ['in DER', new X509Certificate(one).raw],
    [
      'whose second certificate is none',
      `${one}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
    ],
    ['whose second certificate breaks off', `${one}${other.slice(0, 200)}`],
    ['that is empty', ''],
  ])('%s is refused', (_what, content) => {
    expect(problemsWith(content)).toEqual([
      'OUTGOING_CA_FILE must name a file of certificates (PEM) that can be read',
    ]);
  });
});
