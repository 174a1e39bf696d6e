/** Decides how far `X-Forwarded-For` is trusted: proxies append to it, so only its right end is theirs. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** `false`: none. A number: the number of proxies in front. Else their addresses and ranges (CIDR). */
export type TrustedProxies = false | number | readonly string[];

/** As Fastify asks: is this the address of a proxy of ours? `hop` counts from 0, the one that is connected. */
type IsProxy = (address: string, hop: number) => boolean;

export function trustOf(proxies: TrustedProxies): false | IsProxy {
  if (proxies === false || proxies === 0) return false;
  if (typeof proxies === 'number') return (_address, hop) => hop < proxies;
  const ranges = proxies.map(rangeOf);
  return (address) => {
    if (isIP(address) === 0) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits));
  };
}

function rangeOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/**
 * Some proxies write ports or names into the header. Anything else than an address ends the chain, since what is left
 * of it cannot come from a known proxy.
 */
export function normalizeForwardedFor({ headers }: IncomingMessage): void {
  const given = headers['x-forwarded-for'];
  if (given === undefined) return;
  const entries = String(given).split(',').map(plainAddress);
  const known = entries.slice(entries.lastIndexOf(undefined) + 1);
  if (known.length === 0) delete headers['x-forwarded-for'];
  else headers['x-forwarded-for'] = known.join(', ');
}

const WITH_PORT = /^(?:\[(?<v6>[^\]]+)\]|(?<v4>[\d.]+))(?::\d{1,5})?$/;

function plainAddress(entry: string): string | undefined {
  const text = entry.trim();
  const { v6, v4 } = WITH_PORT.exec(text)?.groups ?? {};
  const address = v6 ?? v4 ?? text;
  return isIP(address) === 0 ? undefined : ipaddr.process(address).toString();
}
