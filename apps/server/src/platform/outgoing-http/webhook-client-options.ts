import { readFileSync } from 'node:fs';
import type { Env } from '../../config/env.js';
import type { HostResolver } from '../dns/host-resolver.js';
import type { WebhookClientOptions } from './webhook-client.js';

export type OutgoingEnv = Pick<
  Env,
  'WEBHOOK_ALLOWED_CIDRS' | 'OUTGOING_PROXY_URL' | 'OUTGOING_NO_PROXY' | 'OUTGOING_CA_FILE'
>;

/** Computes whom a client of this installation may reach, and by which route. */
export function webhookClientOptions(
  env: OutgoingEnv,
  resolver: Pick<HostResolver, 'resolve'>,
): WebhookClientOptions {
  const { OUTGOING_PROXY_URL: url, OUTGOING_NO_PROXY: exceptions, OUTGOING_CA_FILE: file } = env;
  return {
    allowedCidrs: env.WEBHOOK_ALLOWED_CIDRS,
    resolveHost: resolver.resolve,
    ...(url !== undefined && { proxy: { url, exceptions } }),
    ...(file !== undefined && { authorities: readFileSync(file, 'utf8') }),
  };
}
