/** Checks a webhook's URL when it is saved. Its address is checked again at every connect. */
import { isIP } from 'node:net';
import type { FieldErrorCode } from '@im/contracts/problem';
import type { ResolveHost } from '../dns/host-resolver.js';
import { AddressGuard } from './guarded-address.js';
import { findBlockedAddress } from './guarded-lookup.js';

export type WebhookUrlVerdict =
  | { ok: true; url: string }
  | { ok: false; code: Extract<FieldErrorCode, 'invalid_format' | 'blocked_address'>; message: string };

export interface WebhookUrlChecks {
  /** Exceptions from the guarded ranges. */
  allowedCidrs: readonly string[];
  resolve: ResolveHost;
  /** Whose URL it is: look-ups are bounded for each tenant. */
  tenantId?: string;
  /** How long the name may take to resolve. */
  resolveTimeoutMs?: number;
}

const RESOLVE_TIMEOUT_MS = 2_000;

/**
 * Checks a URL before it is saved. A name that does not resolve now is accepted: DNS may follow later, and the
 * connection is guarded anyway.
 *
 * @returns the URL as typed, without surrounding spaces, or what is wrong with it
 */
export async function checkWebhookUrl(text: string, checks: WebhookUrlChecks): Promise<WebhookUrlVerdict> {
  const trimmed = text.trim();
  const problem = formProblem(trimmed);
  if (problem !== null) return { ok: false, code: 'invalid_format', message: problem };
  // The WHATWG parser normalises decimal, octal, hexadecimal, shortened and mapped spellings of an address.
  const hostname = new URL(trimmed).hostname.replace(/^\[|\]$/g, '');
  const blocked = await findBlockedHost(hostname, checks);
  return blocked === null
    ? { ok: true, url: trimmed }
    : { ok: false, code: 'blocked_address', message: blocked };
}

/** @param hostname a name or an address, without brackets @returns why it may not be reached; null when it may */
export async function findBlockedHost(hostname: string, checks: WebhookUrlChecks): Promise<string | null> {
  const addresses = await addressesOf(hostname, checks);
  return findBlockedAddress(hostname, addresses, new AddressGuard(checks.allowedCidrs))?.message ?? null;
}

/** Checks the text before the parser repairs it, so that what people see is what is called. */
function formProblem(text: string): string | null {
  if (!/^https?:\/\/[^/?#\\]/i.test(text))
    return 'must be a URL starting with http:// or https:// and a host';
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\s\u0000-\u001f\u007f\\]/.test(text))
    return 'must not contain spaces, control characters or backslashes';
  if (text.includes('#')) return 'must not contain a fragment (#)';
  const authority = /^https?:\/\/([^/?]*)/i.exec(text)?.[1] ?? '';
  if (authority.includes('@')) return 'must not contain a user name or password';
  if (!URL.canParse(text)) return 'is not a valid URL';
  return new URL(text).port === '0' ? 'must not use port 0' : null;
}

async function addressesOf(hostname: string, checks: WebhookUrlChecks) {
  const family = isIP(hostname);
  if (family !== 0) return [{ address: hostname, family }];
  const resolved = await resolveInTime(hostname, checks);
  // RFC 6761, 6.3: these names always mean loopback.
  const isLoopbackName = /(^|\.)localhost\.?$/.test(hostname);
  return resolved.length === 0 && isLoopbackName ? [{ address: '127.0.0.1', family: 4 }] : resolved;
}

async function resolveInTime(hostname: string, checks: WebhookUrlChecks) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<[]>((resolve) => {
    timer = setTimeout(resolve, checks.resolveTimeoutMs ?? RESOLVE_TIMEOUT_MS, []);
  });
  try {
    return await Promise.race([checks.resolve(hostname, { owner: checks.tenantId }).catch(() => []), late]);
  } finally {
    clearTimeout(timer);
  }
}
