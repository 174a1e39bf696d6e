/** Lists roles, scopes, audited actions and the CSRF header, without zod: the console needs them. */

/** Every write with a session cookie carries this header, which a foreign page cannot set. */
export const CSRF_HEADER = 'X-Requested-With';
export const CSRF_HEADER_VALUE = 'im-console';

export const ROLES = ['admin', 'developer', 'support'] as const;

export const API_TOKEN_SCOPES = [
  'events:write',
  'webhooks:read',
  'webhooks:write',
  'deliveries:read',
  'deliveries:write',
  'alerts:read',
  'alerts:write',
  'sources:read',
  'sources:write',
  'apps:read',
  'apps:write',
  'secrets:rotate',
  'event-types:write',
  'channels:write',
  'members:write',
  'audit:read',
  'tokens:write',
  'tenants:write',
] as const;
type Scope = (typeof API_TOKEN_SCOPES)[number];

/** What belongs to all apps of a tenant: a token that is bound to one app cannot have them. */
export const TENANT_WIDE_SCOPES: readonly Scope[] = [
  'event-types:write',
  'channels:write',
  'members:write',
  'audit:read',
  'tenants:write',
];

/** What only admins may do, so that only admins give it to a token. */
const ADMIN_SCOPES: readonly Scope[] = ['apps:write', 'secrets:rotate', 'members:write', 'audit:read'];

/** The scopes that a member can give to a token: never more than what the member may do. */
export function scopesOfMember({ role, isOperator }: { role: string; isOperator: boolean }): Scope[] {
  if (role === 'support') return [];
  return API_TOKEN_SCOPES.filter((scope) => {
    if (scope === 'tenants:write') return isOperator;
    return role === 'admin' || !ADMIN_SCOPES.includes(scope);
  });
}

/**
 * What a portal link allows: reading the log of its webhooks (always), redelivering, sending tests, and seeing message
 * content unmasked.
 */
export const PORTAL_PERMISSIONS = ['read', 'redeliver', 'test', 'content'] as const;
export const MIN_PORTAL_SECONDS = 300;
export const MAX_PORTAL_SECONDS = 31_536_000;
/** Links of one app that have not expired. */
export const MAX_PORTAL_LINKS = 200;
export const MAX_PORTAL_WEBHOOKS = 100;
export const MAX_PORTAL_ORIGINS = 20;

export const AUDIT_ACTIONS = [
  'auth.login',
  'auth.login_failed',
  'auth.password_changed',
  'auth.sessions_revoked',
  'auth.second_factor_enabled',
  'auth.second_factor_removed',
  'member.created',
  'member.updated',
  'member.deleted',
  'member.password_reset',
  'member.sessions_revoked',
  'member.second_factor_reset',
  'tenant.created',
  'tenant.updated',
  'api_token.created',
  'api_token.updated',
  'api_token.revoked',
  'portal_link.created',
  'portal_link.opened',
  'portal_link.revoked',
  'app.created',
  'app.updated',
  'app.deleted',
  'app.secret_revealed',
  'app.secret_staged',
  'app.secret_activated',
  'webhook.created',
  'webhook.updated',
  'webhook.deleted',
  'webhook.paused',
  'webhook.resumed',
  'webhook.sent_now',
  'webhook.url_revealed',
  'webhook.secret_revealed',
  'webhook.secret_staged',
  'webhook.secret_activated',
  'webhook.tested',
  'webhook.checked_up',
  'test_receiver.created',
  'test_receiver.updated',
  'source.created',
  'source.updated',
  'source.deleted',
  'source.token_revealed',
  'source.token_staged',
  'source.token_activated',
  'source.tested',
  'source.message_sent',
  'event_type.created',
  'event_type.updated',
  'event_type.deleted',
  'event_type_pack.installed',
  'delivery.redelivered',
  'deliveries.redelivered',
  'delivery.sent_now',
  'delivery.canceled',
  'delivery.revealed',
  'event.revealed',
  'recovery.started',
  'recovery.paused',
  'recovery.resumed',
  'recovery.canceled',
  'deliveries.exported',
  'events.exported',
  'audit_log.exported',
  'alert.acknowledged',
  'alert.resolved',
  'notification_channel.created',
  'notification_channel.updated',
  'notification_channel.deleted',
  'notification_channel.tested',
  'alert_rules.updated',
] as const;
