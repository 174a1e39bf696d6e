/** Decides which hosts are reached without the outgoing proxy, like NO_PROXY. */
import { BlockList, isIP } from 'node:net';

/**
 * @param exceptions `*`; a name, which counts for all names below it, with or without a leading `.` or `*.`; an address;
 *   a CIDR, which counts for addresses only; any but the CIDR with `:port`
 * @param hostname a name or an address without brackets
 */
export function isProxyException(exceptions: readonly string[], hostname: string, port: number): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  return exceptions.some((exception) => matches(exception.toLowerCase(), host, port));
}

function matches(exception: string, host: string, port: number): boolean {
  if (exception.includes('/')) return isWithin(exception, host);
  const [, name = '', onlyPort] =
    /^(.*?)(?::(\d+))?$/.exec(isIP(exception) === 6 ? `[${exception}]` : exception) ?? [];
  if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
  const bare = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
  return bare === '*' || host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`));
}

function isWithin(cidr: string, host: string): boolean {
  const version = isIP(host);
  const [network = '', prefix = ''] = cidr.split('/');
  if (version === 0 || isIP(network) !== version) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(network, Number(prefix), family);
  return range.check(host, family);
}
