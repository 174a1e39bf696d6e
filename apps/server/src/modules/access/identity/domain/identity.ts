/** Describes who a request comes from, and decides what they may do. */
import { scopesOfMember } from '@im/contracts/api/access-constants';
import type { ApiTokenScope } from '@im/contracts/api/api-tokens';
import type { Role, SessionMethod } from '@im/contracts/api/auth';
import type { PortalPermission } from '@im/contracts/api/portal-links';
import { scopesOf, type AccessRule } from '@im/contracts/routes/route';

interface CheckedIdentity {
  /** When the configuration was read, monotonic milliseconds; anything read later need not be checked again. */
  checkedAt?: number;
  /**
   * The caller was let in by the cached configuration of this version, and `checkedAt` is 0: what changes
   * something has to check the version, see `RunCachedService`. Only on routes that take such callers.
   */
  configVersion?: number;
}

export interface SessionIdentity extends CheckedIdentity {
  kind: 'session';
  tenantId: string;
  userId: string;
  email: string;
  role: Role;
  sessionId: string;
  method: SessionMethod;
  openedAt: Date;
  /** Manages the tenants of the installation; never in a session that an identity provider opened. */
  isOperator: boolean;
  /** The tenant requires a second factor and the member has none yet. */
  mustSetUpSecondFactor: boolean;
  /** Another member set the password the session was opened with, and it has not been changed since. */
  mustChangePassword: boolean;
}

export interface ApiTokenIdentity extends CheckedIdentity {
  kind: 'api_token';
  tenantId: string;
  tokenId: string;
  name: string;
  scopes: ApiTokenScope[];
  /** The only app the token is valid for; null: every app of the tenant. */
  appId: string | null;
  expiresAt: Date | null;
  /** The member who created the token, or the one of the token that did. */
  ownerEmail: string;
}

export interface AppSignatureIdentity extends CheckedIdentity {
  kind: 'app_signature';
  tenantId: string;
  appId: string;
  appKey: string;
}

/** A customer's developer, let in by a portal link. */
export interface PortalIdentity extends CheckedIdentity {
  kind: 'portal';
  tenantId: string;
  linkId: string;
  /** Of the link; may be empty. */
  name: string;
  appId: string;
  /** The only webhooks that exist for the caller; null: all of the app. */
  webhookIds: readonly string[] | null;
  permissions: readonly PortalPermission[];
}

export type Identity = SessionIdentity | ApiTokenIdentity | AppSignatureIdentity | PortalIdentity;

/** Whether the caller may use a route; tenant and app are checked where the thing itself is looked up. */
export function mayUse(identity: Identity, rule: AccessRule): boolean {
  switch (identity.kind) {
    case 'session':
      return rule.roles.includes(identity.role) && (!rule.isForOperators || identity.isOperator);
    case 'api_token':
      return hasScopeFor(identity, rule) && !(rule.isForWholeTenant && identity.appId !== null);
    case 'app_signature':
      return rule.allowsAppSignature === true;
    case 'portal':
      return rule.portal !== undefined && identity.permissions.includes(rule.portal);
  }
}

/** Whether the token has one of the scopes that open the route. */
export function hasScopeFor({ scopes }: ApiTokenIdentity, rule: AccessRule): boolean {
  return scopesOf(rule).some((scope) => scopes.includes(scope));
}

/** What the caller can give to an API token. */
export function scopesToGive(identity: SessionIdentity | ApiTokenIdentity): readonly ApiTokenScope[] {
  return identity.kind === 'session' ? scopesOfMember(identity) : identity.scopes;
}

/** Only a person can be an operator: a token of one manages tenants, never members who are operators. */
export function isOperator(identity: Identity): boolean {
  return identity.kind === 'session' && identity.isOperator;
}

/** Whether the caller may read messages without asking for it; support asks, and that is recorded. */
export function seesContent(identity: Identity): boolean {
  if (identity.kind === 'portal') return identity.permissions.includes('content');
  return identity.kind !== 'session' || identity.role !== 'support';
}

/** Whether the caller may read custom headers of webhooks, which often contain credentials of receivers. */
export function seesCustomHeaders(identity: Identity): boolean {
  return identity.kind !== 'portal' && (identity.kind !== 'session' || identity.role !== 'support');
}

/** Whether the caller may read who of the tenant made or did something. */
export function seesMembers(identity: Identity): boolean {
  return identity.kind !== 'portal';
}

/** Whether the caller may read callback URLs unmasked: those of group robots are credentials. */
export function seesCallbackUrls(identity: Identity): boolean {
  switch (identity.kind) {
    case 'session':
      return identity.role !== 'support';
    case 'api_token':
      return identity.scopes.includes('webhooks:write');
    case 'app_signature':
    case 'portal':
      return false;
  }
}

/** What the caller has to do before the route opens; the password first, so that its owner sets up the second factor. */
export function dueBefore(identity: Identity, rule: AccessRule): 'password' | 'second_factor' | null {
  if (identity.kind !== 'session') return null;
  if (identity.mustChangePassword) return rule.isOpenBeforePasswordChange ? null : 'password';
  return identity.mustSetUpSecondFactor && !rule.isOpenBeforeSecondFactor ? 'second_factor' : null;
}

/** Whether the caller may change what the member logs in with: an operator's, only operators may. */
export function mayManage(caller: { isOperator: boolean }, member: { isOperator: boolean }): boolean {
  return !member.isOperator || caller.isOperator;
}

/** How the caller is named in the audit log and in `createdBy`, `acknowledgedBy`, … */
export function actorOf(identity: Identity): string {
  switch (identity.kind) {
    case 'session':
      return identity.email;
    case 'api_token':
      return `token:${identity.name}`;
    case 'app_signature':
      return `app:${identity.appKey}`;
    case 'portal':
      return `portal:${identity.name || identity.linkId}`;
  }
}

/** How an event records who sent it: the kind of credential and its name, never the credential. */
export function receivedFromOf(identity: Identity): string {
  const { kind } = identity;
  const actor = actorOf(identity);
  return kind === 'session' ? `session:${actor}` : actor;
}

/** The id of the user, token, app or portal link behind the caller. */
export function actorIdOf(identity: Identity): string {
  switch (identity.kind) {
    case 'session':
      return identity.userId;
    case 'api_token':
      return identity.tokenId;
    case 'app_signature':
      return identity.appId;
    case 'portal':
      return identity.linkId;
  }
}

/** Whether the caller is bound to another app than this one. */
export function isBoundToOtherApp(identity: Identity, appId: string): boolean {
  return identity.kind !== 'session' && identity.appId !== null && identity.appId !== appId;
}
