/** Resolves names for webhooks and refuses guarded addresses. */
import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { LookUpRequest, ResolveHost } from '../dns/host-resolver.js';
import { LookUpError } from '../dns/look-up-error.js';
import type { AddressGuard } from './guarded-address.js';

/** The host is, or resolves to, an address that webhooks may not reach. */
export class BlockedAddressError extends Error {
  /**
   * @param hostname as in the URL
   * @param range named range; for a name the address is omitted, since it may be an internal secret
   */
  constructor(
    readonly hostname: string,
    readonly range: string,
  ) {
    super(
      isIP(hostname) === 0
        ? `${hostname} resolves to an address that webhooks may not reach (${range})`
        : `${hostname} is an address that webhooks may not reach (${range})`,
    );
    this.name = 'BlockedAddressError';
  }
}

/**
 * One guarded address among several refuses the host, since a connection may get any of them.
 *
 * @returns the error to report, or null when every address may be reached
 */
export function findBlockedAddress(
  hostname: string,
  addresses: readonly LookupAddress[],
  guard: AddressGuard,
): BlockedAddressError | null {
  for (const { address } of addresses) {
    const range = guard.refusal(address);
    if (range !== null) return new BlockedAddressError(hostname, range);
  }
  return null;
}

/** A `lookup` for `net.connect`: the checked addresses are the ones connected to, which prevents DNS rebinding. */
export function guardedLookup(
  guard: AddressGuard,
  resolve: ResolveHost,
  request: LookUpRequest,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, request).then(
      (found) => {
        const [first] = found;
        const blocked = findBlockedAddress(hostname, found, guard);
        if (blocked) callback(blocked, []);
        else if (!first) callback(new LookUpError(hostname, 'ENOTFOUND'), []);
        else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new LookUpError(hostname, 'ENOTFOUND'), []);
      },
    );
  };
}
