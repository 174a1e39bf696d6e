/**
 * Decides which IP addresses a webhook may not reach: everything but public unicast addresses, by the IANA
 * special-purpose registries (IPv4 and IPv6), and the metadata services of clouds elsewhere. IPv6 forms that carry an
 * IPv4 address inside are judged by that address.
 */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = [Address, number];
interface NamedRange {
  /** As shown to people, e.g. `link-local 169.254.0.0/16`. */
  label: string;
  cidr: Cidr;
}

/** The first match names the address: narrow ranges come before the wide ones around them. */
const IPV4_RANGES = namedRanges([
  ['this network', '0.0.0.0/8'],
  ['private', '10.0.0.0/8'],
  ['carrier-grade NAT', '100.64.0.0/10'],
  ['loopback', '127.0.0.0/8'],
  ['cloud metadata', '168.63.129.16/32'],
  ['link-local', '169.254.0.0/16'],
  ['private', '172.16.0.0/12'],
  ['protocol assignments', '192.0.0.0/24'],
  ['documentation', '192.0.2.0/24'],
  ['6to4 relay', '192.88.99.0/24'],
  ['private', '192.168.0.0/16'],
  ['benchmarking', '198.18.0.0/15'],
  ['documentation', '198.51.100.0/24'],
  ['documentation', '203.0.113.0/24'],
  ['multicast', '224.0.0.0/4'],
  ['broadcast', '255.255.255.255/32'],
  ['reserved', '240.0.0.0/4'],
]);

const IPV6_RANGES = namedRanges([
  ['unspecified', '::/128'],
  ['loopback', '::1/128'],
  ['IPv4-compatible', '::/96'],
  ['discard-only', '100::/64'],
  ['Teredo', '2001::/32'],
  ['benchmarking', '2001:2::/48'],
  ['protocol assignments', '2001::/23'],
  ['documentation', '2001:db8::/32'],
  ['documentation', '3fff::/20'],
  ['unique local', 'fc00::/7'],
  ['link-local', 'fe80::/10'],
  ['site-local', 'fec0::/10'],
  ['multicast', 'ff00::/8'],
]);

const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
const IPV4_MAPPED = ipaddr.parseCIDR('::ffff:0:0/96');
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');
const NAT64_LOCAL = ipaddr.parseCIDR('64:ff9b:1::/48');
const SIX_TO_FOUR = ipaddr.parseCIDR('2002::/16');

/** Decides whether an address may be reached, and names the range when it may not. */
export class AddressGuard {
  private readonly allowed: readonly Cidr[];

  /**
   * @param allowedCidrs exceptions such as `10.1.0.0/16` or `fd00::/8`
   * @throws Error when one of them is not a CIDR
   */
  constructor(allowedCidrs: readonly string[] = []) {
    this.allowed = allowedCidrs.map((cidr) => ipaddr.parseCIDR(cidr));
  }

  /**
   * @param address an IPv4 or IPv6 address in its canonical text form, without brackets
   * @returns the name of the range that refuses it, e.g. `private 10.0.0.0/8`; null when it may be reached.
   *   Text that is not an address is refused too.
   */
  refusal(address: string): string | null {
    if (isIP(address) === 0) return 'not an IP address';
    const parsed = parseAddress(address);
    if (this.isAllowed(parsed)) return null;
    return parsed.kind() === 'ipv4'
      ? refusalIn(IPV4_RANGES, parsed)
      : this.refusalOfIpv6(parsed as ipaddr.IPv6);
  }

  private refusalOfIpv6(address: ipaddr.IPv6): string | null {
    if (address.match(IPV4_MAPPED)) return this.refusalOfEmbedded(address, 12, 'IPv4-mapped');
    if (address.match(NAT64)) return this.refusalOfEmbedded(address, 12, 'NAT64');
    if (address.match(NAT64_LOCAL)) return this.refusalOfLocalNat64(address);
    if (address.match(SIX_TO_FOUR)) return this.refusalOfEmbedded(address, 2, '6to4');
    return (
      refusalIn(IPV6_RANGES, address) ?? (address.match(GLOBAL_UNICAST) ? null : 'reserved, outside 2000::/3')
    );
  }

  private refusalOfEmbedded(address: ipaddr.IPv6, offset: number, form: string): string | null {
    return this.refusalOfBytes(address.toByteArray().slice(offset, offset + 4), form);
  }

  /**
   * The operator chooses the length of a local NAT64 prefix, and with it the position of the IPv4 address (RFC 6052,
   * 2.2; byte 8 is always zero). The usual /96 form is judged in full; at the positions of the shorter forms only
   * reachable ranges count, since there a /96 form has prefix bits or zeros.
   */
  private refusalOfLocalNat64(address: ipaddr.IPv6): string | null {
    const bytes = address.toByteArray();
    const last = this.refusalOfBytes(bytes.slice(12), 'NAT64');
    if (last !== null) return last;
    for (const positions of [
      [6, 7, 9, 10],
      [7, 9, 10, 11],
      [9, 10, 11, 12],
    ]) {
      const embedded = positions.map((position) => bytes[position] ?? 0);
      const isUnroutable = embedded[0] === 0 || (embedded[0] ?? 0) >= 224;
      const refusal = isUnroutable ? null : this.refusalOfBytes(embedded, 'NAT64');
      if (refusal !== null) return refusal;
    }
    return null;
  }

  private refusalOfBytes(bytes: number[], form: string): string | null {
    const embedded = new ipaddr.IPv4(bytes);
    if (this.isAllowed(embedded)) return null;
    const refusal = refusalIn(IPV4_RANGES, embedded);
    return refusal === null ? null : `${form} ${refusal}`;
  }

  private isAllowed(address: Address): boolean {
    return this.allowed.some((cidr) => isWithin(address, cidr));
  }
}

/** ipaddr.js reads the IPv4-compatible `::a.b.c.d` as IPv4-mapped: give it the hexadecimal spelling instead. */
function parseAddress(address: string): Address {
  const isMixed = address.includes(':') && address.includes('.');
  return ipaddr.parse(
    isMixed ? new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1) : address,
  );
}

function refusalIn(ranges: readonly NamedRange[], address: Address): string | null {
  return ranges.find((range) => isWithin(address, range.cidr))?.label ?? null;
}

function isWithin(address: Address, cidr: Cidr): boolean {
  return address.kind() === cidr[0].kind() && address.match(cidr);
}

function namedRanges(pairs: readonly (readonly [name: string, cidr: string])[]): NamedRange[] {
  return pairs.map(([name, cidr]) => ({ label: `${name} ${cidr}`, cidr: ipaddr.parseCIDR(cidr) }));
}
