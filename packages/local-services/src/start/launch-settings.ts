/** Reads the environment and the arguments of `npm start`. The rest of the environment is the server's. */
import path from 'node:path';
import { PlainError } from '../report.js';

const DEFAULT_PORT = 8080;
const HIGHEST_PORT = 65_535;
const LOOPBACK_CIDRS = ['127.0.0.0/8', '::1/128'];
/** No drain by default, since there is no balancer in front. */
const DEFAULT_DRAIN_SECONDS = '0';
/** What the server takes after its drain: for requests under way, by whether it drains, and to stop everything else. */
const MAX_REQUESTS_MS = { drained: 10_000, undrained: 1_000 };
const MAX_REST_MS = 5_000;

export interface LaunchSettings {
  port: number;
  /** Where this machine reaches the server, such as `http://127.0.0.1:8080`. */
  localUrl: string;
  /** Where people reach it. */
  publicUrl: string;
  dataDir: string;
  /** Absent: embedded. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  adminEmail: string;
  /** Absent: a random one is made and kept. */
  adminPassword: string | undefined;
  /** Absent while PostgreSQL is embedded: one is made and kept. */
  secretsKey: string | undefined;
  allowedCidrs: string;
  /** As given; the server says what is wrong with it. */
  drainSeconds: string;
  /** A server that takes longer to stop is stuck. */
  stopsWithinMs: number;
  /** The services that are run here instead of given by a URL. */
  embedded: string[];
  isDemo: boolean;
}

/** @throws PlainError with one line for each fault */
export function readLaunchSettings(
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
  workingDirectory: string,
): LaunchSettings {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const unknown = args.filter((argument) => argument !== '--demo');
  if (unknown.length > 0) {
    throw new PlainError(`unknown argument ${unknown.join(' ')}; usage: npm start [-- --demo]`);
  }
  const port = parsePort(read('PORT'));
  const databaseUrl = read('DATABASE_URL');
  const redisUrl = read('REDIS_URL');
  const drainSeconds = read('SHUTDOWN_DRAIN_SECONDS') ?? DEFAULT_DRAIN_SECONDS;
  const embedded = [
    ...(databaseUrl === undefined ? ['PostgreSQL'] : []),
    ...(redisUrl === undefined ? ['Redis'] : []),
  ];
  return {
    port,
    localUrl: `http://${localHost(read('HOST'))}:${port}`,
    publicUrl: read('PUBLIC_URL') ?? `http://localhost:${port}`,
    dataDir: path.resolve(workingDirectory, read('DATA_DIR') ?? '.data'),
    databaseUrl,
    redisUrl,
    adminEmail: read('ADMIN_EMAIL') ?? 'admin@example.com',
    // Not trimmed: a password may begin or end with a space.
    adminPassword: environment.ADMIN_PASSWORD || undefined,
    secretsKey: read('SECRETS_KEY'),
    allowedCidrs: joinCidrs(read('WEBHOOK_ALLOWED_CIDRS'), embedded.length > 0 ? LOOPBACK_CIDRS : []),
    drainSeconds,
    stopsWithinMs: stopsWithinMs(Number(drainSeconds) || 0),
    embedded,
    isDemo: args.includes('--demo'),
  };
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= HIGHEST_PORT) return port;
  throw new PlainError(`PORT must be a whole number from 1 to ${HIGHEST_PORT}, not "${text}"`);
}

function stopsWithinMs(drainSeconds: number): number {
  const { drained, undrained } = MAX_REQUESTS_MS;
  return drainSeconds * 1_000 + (drainSeconds > 0 ? drained : undrained) + MAX_REST_MS;
}

/** An address that means "all of them" cannot be connected to everywhere; loopback is one of them. */
function localHost(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function joinCidrs(given: string | undefined, added: readonly string[]): string {
  const cidrs = (given ?? '').split(',').map((cidr) => cidr.trim());
  return [...new Set([...cidrs, ...added])].filter((cidr) => cidr !== '').join(',');
}
