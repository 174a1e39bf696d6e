/** Computes the block of addresses of one network customer, by which limits per address are counted. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const IPV6_SUBNET_BITS = 64;
const BITS_PER_PART = 16;

/**
 * @param address as sockets and proxies write it
 * @returns the IPv4 address itself, also of one mapped into IPv6; of IPv6 the /64, since a single machine has that
 * many; anything else is returned as it is
 */
export function addressBlockOf(address: string): string {
  if (isIP(address) === 0) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const network = parsed.parts.slice(0, IPV6_SUBNET_BITS / BITS_PER_PART).map((part) => part.toString(16));
  return `${network.join(':')}::/${String(IPV6_SUBNET_BITS)}`;
}
