/** Detects whether this machine has a global IPv6 address: only then the system's resolver puts IPv6 first. */
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** Global unicast, RFC 4291; unique local and link-local addresses are other ranges. */
const GLOBAL_UNICAST = /^[23][0-9a-f]{3}:/i;

export function prefersIpv6(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): boolean {
  return Object.values(interfaces).some((addresses) =>
    addresses?.some(
      ({ family, internal, address }) => family === 'IPv6' && !internal && GLOBAL_UNICAST.test(address),
    ),
  );
}
