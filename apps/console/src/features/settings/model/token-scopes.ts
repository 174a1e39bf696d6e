/** Groups the scopes of API tokens by what they are for, and offers sets of them for common programs. */
import { scopesOfMember, TENANT_WIDE_SCOPES } from '@im/contracts/api/access-constants';
import type { ApiTokenScope } from '@im/contracts/api/api-tokens';

export const SCOPE_GROUPS = {
  traffic: ['events:write', 'deliveries:read', 'deliveries:write', 'alerts:read', 'alerts:write'],
  configuration: [
    'apps:read',
    'apps:write',
    'webhooks:read',
    'webhooks:write',
    'sources:read',
    'sources:write',
    'event-types:write',
    'channels:write',
    'secrets:rotate',
  ],
  administration: ['members:write', 'tokens:write', 'audit:read', 'tenants:write'],
} as const satisfies Record<string, readonly ApiTokenScope[]>;
type ScopeGroup = keyof typeof SCOPE_GROUPS;

export const SCOPE_PRESETS = {
  imServer: ['events:write'],
  receiverCi: ['webhooks:read', 'webhooks:write', 'events:write', 'deliveries:read', 'deliveries:write'],
  terraform: [
    'apps:read',
    'apps:write',
    'webhooks:read',
    'webhooks:write',
    'sources:read',
    'sources:write',
    'event-types:write',
    'alerts:read',
    'alerts:write',
    'channels:write',
  ],
  rotation: ['apps:read', 'webhooks:read', 'secrets:rotate'],
  audit: ['audit:read'],
} as const satisfies Record<string, readonly ApiTokenScope[]>;
export type ScopePreset = keyof typeof SCOPE_PRESETS;

export interface ScopeLimits {
  member: { role: string; isOperator: boolean };
  /** The token is for one app. */
  isBound: boolean;
}

/** The scopes that the member can give to such a token. */
export function scopesToChoose({ member, isBound }: ScopeLimits): ApiTokenScope[] {
  return scopesOfMember(member).filter((scope) => !isBound || !TENANT_WIDE_SCOPES.includes(scope));
}

/** The groups that have anything to choose, without what cannot be chosen. */
export function groupsToChoose(choices: readonly ApiTokenScope[]): [ScopeGroup, ApiTokenScope[]][] {
  return Object.entries(SCOPE_GROUPS)
    .map(([group, scopes]): [ScopeGroup, ApiTokenScope[]] => [
      group as ScopeGroup,
      scopes.filter((scope) => choices.includes(scope)),
    ])
    .filter(([, scopes]) => scopes.length > 0);
}

/** The presets of which every scope can be chosen. */
export function presetsToChoose(choices: readonly ApiTokenScope[]): ScopePreset[] {
  return Object.entries(SCOPE_PRESETS)
    .filter(([, scopes]) => scopes.every((scope) => choices.includes(scope)))
    .map(([preset]) => preset as ScopePreset);
}
