/** Reads process.env by one typed, documented schema; no other file reads it. */
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { basePathFault } from './base-path.js';
import { dnsServersSchema } from './dns-servers.js';
import { oidcContradictions, oidcSettings } from './oidc-settings.js';
import { outgoingSettings } from './outgoing-settings.js';
import { databaseUrlSchema, isReadableFile, redisUrlsSchema, urlWithProtocol } from './service-urls.js';

/** A longer chain is a mistake, such as a misplaced port. */
const MAX_PROXIES = 10;

const cidrListSchema = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .superRefine((cidrs, context) => {
    for (const cidr of cidrs.filter((text) => !isCidr(text))) {
      context.addIssue({
        code: 'custom',
        message: `"${cidr}" is not a CIDR such as 10.1.0.0/16 or fd00::/8`,
      });
    }
  });

const flagSchemaOf = (fallback: boolean) =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true');

const wholeNumber = (min: number, max: number, fallback: number) =>
  z.coerce
    .number(`must be a whole number from ${String(min)} to ${String(max)}`)
    .int()
    .min(min)
    .max(max)
    .default(fallback);

/** `true` is one proxy; more are a number, or the addresses that proxies have. */
const trustedProxiesSchema = z
  .string()
  .default('false')
  .transform((text, context): false | number | string[] => {
    if (text === 'false') return false;
    if (text === 'true') return 1;
    if (/^\d+$/.test(text) && Number(text) <= MAX_PROXIES) return Number(text);
    const ranges = text.split(',').map((part) => part.trim());
    if (ranges.every((range) => isIP(range) !== 0 || isCidr(range))) return ranges;
    context.addIssue({
      code: 'custom',
      message: `must be true (one proxy), false, how many proxies stand in front (at most ${String(MAX_PROXIES)}), or their addresses and CIDRs, comma-separated`,
    });
    return z.NEVER;
  });
const MAX_PREVIOUS_KEYS = 10;

const fileSchema = z.string().refine(isReadableFile, 'must name a file that can be read');

/** Each variable: its form, its default, and what it is for (kept in step with the README's table). */
const envSchema = z.object({
  /** TCP port of API and console. */
  PORT: wholeNumber(0, 65_535, 8080),
  /** Address to listen on. */
  HOST: z.string().default('0.0.0.0'),
  /** PostgreSQL 15 or newer: `postgres://user:password@host:port/database?sslmode=…&sslrootcert=…`. */
  DATABASE_URL: databaseUrlSchema,
  /** Another way to the same database for changes of the schema, for example past a pooler. */
  DATABASE_MIGRATION_URL: databaseUrlSchema.optional(),
  /** Database connections of one process. */
  DATABASE_POOL_SIZE: wholeNumber(2, 200, 20),
  /** Keep plans of hot statements on each connection; `false` behind PgBouncer before 1.21 in transaction mode. */
  DATABASE_PREPARED_STATEMENTS: flagSchemaOf(true),
  /** Redis 7 or newer: `redis://` or `rediss://`; of a cluster one or several nodes, comma-separated. */
  REDIS_URL: redisUrlsSchema,
  /** REDIS_URL names nodes of a Redis Cluster. */
  REDIS_CLUSTER: flagSchemaOf(false),
  /** Certificates (PEM) of the authorities that `rediss://` trusts instead of the usual ones. */
  REDIS_TLS_CA_FILE: fileSchema.optional(),
  /** 32 bytes, base64: encrypts secrets, and what may be one in callback URLs and headers, at rest. Losing it loses them. */
  SECRETS_KEY: z
    .string('is required')
    .refine(isKey, 'must be 32 bytes in base64 (openssl rand -base64 32)')
    .transform((text) => Buffer.from(text, 'base64')),
  /** Former keys, comma-separated: what they sealed can still be opened, and is sealed again under SECRETS_KEY. */
  SECRETS_KEY_PREVIOUS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((keys) => keys.every(isKey), 'must be keys of 32 bytes in base64, separated by commas')
    .refine((keys) => keys.length <= MAX_PREVIOUS_KEYS, `must be at most ${String(MAX_PREVIOUS_KEYS)} keys`)
    .transform((keys) => keys.map((key) => Buffer.from(key, 'base64'))),
  /** For one start after the former key was lost: start although what it sealed cannot be opened. */
  SECRETS_KEY_LOST: flagSchemaOf(false),
  /** First admin, created when there is no user yet. */
  ADMIN_EMAIL: z.email('must be an email address').optional(),
  ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').max(200).optional(),
  /**
   * Where people reach the console, also below a path; `https://` makes session cookies `__Host-` and Secure, and browsers
   * use https only.
   */
  PUBLIC_URL: urlWithProtocol('http:', 'https:')
    .superRefine((url, context) => {
      const message = basePathFault(url);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .optional(),
  ...oidcSettings,
  /** Address ranges that webhooks may reach although they are private, comma-separated CIDRs. */
  WEBHOOK_ALLOWED_CIDRS: cidrListSchema,
  /** Name servers that host names of receivers are looked up at, comma-separated `address:port`; absent: resolv.conf. */
  DNS_SERVERS: dnsServersSchema,
  ...outgoingSettings,
  /** Deliveries one worker process has in flight at most to webhooks that answer quickly, and as many to slow ones. */
  WEBHOOK_CONCURRENCY: wholeNumber(1, 5000, 256),
  /** A webhook that fails for this many days without one success is disabled; 0: never. */
  WEBHOOK_AUTO_DISABLE_DAYS: wholeNumber(0, 365, 5),
  /** Days that events (payloads) are kept; those a waiting delivery needs stay longer. */
  RETENTION_EVENTS_DAYS: wholeNumber(1, 3650, 30),
  /** Days that deliveries and attempts are kept. */
  RETENTION_LOGS_DAYS: wholeNumber(1, 3650, 90),
  /** Days in which a repeated event id is recognised. */
  RETENTION_KEYS_DAYS: wholeNumber(1, 3650, 7),
  /** Days that hourly counters are kept; totals stay. */
  RETENTION_STATS_DAYS: wholeNumber(2, 3650, 400),
  /** Days that the audit log is kept. */
  RETENTION_AUDIT_DAYS: wholeNumber(1, 3650, 730),
  /** Seconds in which a stopping process goes on serving while balancers send requests elsewhere. */
  SHUTDOWN_DRAIN_SECONDS: wholeNumber(0, 300, 5),
  /** TCP port for the gRPC form of WuKongIM 2; absent: it is off. */
  WUKONGIM_GRPC_PORT: z.coerce
    .number('must be a whole number from 0 to 65535')
    .int()
    .min(0)
    .max(65_535)
    .optional(),
  /** Folder of the built console; absent: the API alone is served. */
  CONSOLE_DIR: z.string().optional(),
  /** Proxies in front whose X-Forwarded-For is trusted: how many (`true`: one), or their addresses and CIDRs. */
  TRUST_PROXY: trustedProxiesSchema,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** `GET /metrics` requires `Authorization: Bearer <token>`; absent: it is open. */
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Traces go to this OpenTelemetry collector (OTLP over HTTP, JSON); absent: there is no tracing. */
  OTEL_EXPORTER_OTLP_ENDPOINT: urlWithProtocol('http:', 'https:').optional(),
  /** Name of this service in traces. */
  OTEL_SERVICE_NAME: z.string().default('im-callback'),
  /** Share of the traces begun here that is recorded, 0 to 1; a caller's own decision is honoured. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number('must be a number from 0 to 1').min(0).max(1).default(1),
});

/** The name of each variable. */
export const SETTINGS: readonly string[] = Object.keys(envSchema.shape);

/** What a process does: serve the API and console, deliver, or both. */
export type ProcessRole = 'api' | 'worker' | 'all';

export type Env = z.output<typeof envSchema>;
export const ENV = Symbol('Env');

/** Thrown when the environment is not usable; `problems` has one line for each fault. */
export class EnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'EnvError';
  }
}

/** A variable with such a prefix that is not in the schema is misspelt, and refused. */
const OWN_PREFIXES = [
  'WEBHOOK_',
  'OUTGOING_',
  'DNS_',
  'TRUST_',
  'RETENTION_',
  'DATABASE_POOL_',
  'DATABASE_MIGRATION_',
  'REDIS_TLS_',
  'METRICS_TOKEN',
  'SHUTDOWN_',
  'SECRETS_KEY',
  'OIDC_',
  'WUKONGIM_GRPC_',
];

/**
 * Reads and checks the environment.
 *
 * @throws EnvError naming every variable that is missing, unknown or wrong
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const unknown = Object.keys(present).filter(
    (name) => OWN_PREFIXES.some((prefix) => name.startsWith(prefix)) && !(name in envSchema.shape),
  );
  const result = envSchema.safeParse(present);
  const problems = [
    ...unknown.map((name) => `${name} is not a setting of this service`),
    ...(result.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`),
    ...(result.data ? [...contradictionsIn(result.data), ...oidcContradictions(result.data)] : []),
  ];
  if (!result.success || problems.length > 0) throw new EnvError(problems);
  return result.data;
}

function isKey(text: string): boolean {
  return Buffer.from(text, 'base64').length === 32;
}

function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  try {
    new BlockList().addSubnet(address, Number(prefix), version === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

/** Checks that need several variables. */
function contradictionsIn({ REDIS_URL, REDIS_CLUSTER, REDIS_TLS_CA_FILE }: Env): string[] {
  const hasDatabase = REDIS_URL.some((url) => !['', '/', '/0'].includes(new URL(url).pathname));
  const isTls = REDIS_URL.some((url) => url.startsWith('rediss:'));
  return [
    ...(REDIS_URL.length > 1 && !REDIS_CLUSTER
      ? ['REDIS_URL names several nodes; set REDIS_CLUSTER=true']
      : []),
    ...(REDIS_CLUSTER && hasDatabase
      ? ['REDIS_URL names a database; a Redis Cluster has only number 0']
      : []),
    ...(REDIS_TLS_CA_FILE !== undefined && !isTls ? ['REDIS_TLS_CA_FILE needs a rediss:// REDIS_URL'] : []),
  ];
}
