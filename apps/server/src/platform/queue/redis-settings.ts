/** Reads from the environment how to reach Redis. */
import { readFileSync } from 'node:fs';
import type { RedisOptions } from 'ioredis';
import type { Env } from '../../config/env.js';

export interface RedisSettings {
  /** One node; for a cluster any of its nodes, by which the others are found. */
  nodes: { host: string; port: number }[];
  isCluster: boolean;
  /** Of each connection: credentials, database, TLS. */
  options: RedisOptions;
}

export function redisSettingsOf(
  env: Pick<Env, 'REDIS_URL' | 'REDIS_CLUSTER' | 'REDIS_TLS_CA_FILE'>,
): RedisSettings {
  const urls = env.REDIS_URL.map((url) => new URL(url));
  const [first] = urls;
  if (!first) throw new Error('REDIS_URL is empty');
  return {
    nodes: urls.map((url) => ({ host: hostOf(url), port: portOf(url) })),
    isCluster: env.REDIS_CLUSTER,
    options: {
      ...(first.username && { username: decodeURIComponent(first.username) }),
      ...(first.password && { password: decodeURIComponent(first.password) }),
      ...(first.protocol === 'rediss:' && { tls: tlsOptions(env.REDIS_TLS_CA_FILE) }),
      ...(!env.REDIS_CLUSTER && { db: Number(first.pathname.slice(1) || 0) }),
    },
  };
}

function tlsOptions(caFile: string | undefined): { ca?: string } {
  return caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') };
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf({ port }: URL): number {
  return Number(port || 6379);
}
