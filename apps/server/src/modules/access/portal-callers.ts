import type { PortalIdentity } from './identity/domain/identity.js';

/** The prefix of access tokens of portal links. */
export const PORTAL_TOKEN_PREFIX = 'ims_';

export function isPortalToken(token: string): boolean {
  return token.startsWith(PORTAL_TOKEN_PREFIX);
}

/**
 * Finds who an access token of a portal link is. The portal module, which owns the links, provides it; it is looked up
 * at run time, so that access depends on no other module.
 */
export abstract class PortalCallers {
  /** @returns undefined when the token is not valid, or its link is revoked or expired @throws DomainError `tenant_suspended` */
  abstract resolve(accessToken: string): Promise<PortalIdentity | undefined>;
}
