/** Checks senders' addresses against a source's list of addresses and ranges. */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether the text is an address or a range such as `10.0.0.0/8`. */
export function isCidr(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (rest.length > 0 || isIP(address) === 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(address) ? 128 : 32);
}

/** @param cidrs that {@link isCidr} accepts */
export function blockListOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

export function contains(list: BlockList, ip: string): boolean {
  const address = MAPPED.exec(ip)?.[1] ?? ip;
  if (isIP(address) === 0) return false;
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
