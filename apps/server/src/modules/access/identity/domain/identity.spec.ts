import type { AccessRule } from '@im/contracts/routes/route';
import { describe, expect, it } from 'vitest';
import {
  actorOf,
  isBoundToOtherApp,
  dueBefore,
  mayManage,
  mayUse,
  type Identity,
  type SessionIdentity,
} from './identity.js';

const APP = '019a0000-0000-7000-8000-000000000001';
const OTHER_APP = '019a0000-0000-7000-8000-000000000002';

const session = (
  role: 'admin' | 'developer' | 'support',
  override: Partial<SessionIdentity> = {},
): SessionIdentity => ({
  kind: 'session',
  tenantId: 't',
  userId: 'u',
  email: 'ann@example.com',
  role,
  sessionId: 's',
  method: 'password',
  openedAt: new Date(0),
  isOperator: false,
  mustSetUpSecondFactor: false,
  mustChangePassword: false,
  ...override,
});
const token = (appId: string | null = null): Identity => ({
  kind: 'api_token',
  tenantId: 't',
  tokenId: 'k',
  name: 'deploy',
  scopes: ['events:write', 'webhooks:read'],
  appId,
  expiresAt: null,
  ownerEmail: 'ann@example.com',
});
const signature: Identity = { kind: 'app_signature', tenantId: 't', appId: APP, appKey: 'ak_a' };

const portal: Identity = {
  kind: 'portal',
  tenantId: 't',
  linkId: 'l',
  name: '',
  appId: APP,
  webhookIds: null,
  permissions: ['read', 'test'],
};

const closed: AccessRule = { roles: [] };
const staff: AccessRule = { roles: ['admin', 'developer'] };
const ingest: AccessRule = { roles: ['admin'], scope: 'events:write', allowsAppSignature: true };
const tenants: AccessRule = { roles: ['admin'], isForOperators: true };
const me: AccessRule = { roles: ['admin'], isOpenBeforeSecondFactor: true };
const testing: AccessRule = { roles: ['admin'], portal: 'test' };
const redelivering: AccessRule = { roles: ['admin'], portal: 'redeliver' };
const alerting: AccessRule = { roles: ['admin'], scope: 'alerts:write' };

describe('mayUse', () => {
  it.each([
    ['an admin', session('admin'), staff, true],
    ['a developer', session('developer'), staff, true],
    ['support', session('support'), staff, false],
    ['an admin, where no role is named', session('admin'), closed, false],
    ['an operator, where operators are asked for', session('admin', { isOperator: true }), tenants, true],
    ['another admin, where operators are asked for', session('admin'), tenants, false],
    ['a token, where no scope is named', token(), staff, false],
    ['a portal link, where none is named', portal, ingest, false],
    ['a portal link with the permission', portal, testing, true],
    ['a portal link without the permission', portal, redelivering, false],
    ['a token with the scope', token(), ingest, true],
    ['a token without the scope', token(), alerting, false],
    ['a signature, where it is allowed', signature, ingest, true],
    ['a signature, where it is not', signature, alerting, false],
  ])('%s', (_, identity, rule, expected) => {
    expect(mayUse(identity, rule)).toBe(expected);
  });
});

describe('isBoundToOtherApp', () => {
  it.each([
    ['a session is bound to none', session('support'), OTHER_APP, false],
    ['an unbound token', token(), OTHER_APP, false],
    ['a token of this app', token(APP), APP, false],
    ['a token of another app', token(APP), OTHER_APP, true],
    ['a signature of this app', signature, APP, false],
    ['a signature of another app', signature, OTHER_APP, true],
  ])('%s', (_, identity, appId, expected) => {
    expect(isBoundToOtherApp(identity, appId)).toBe(expected);
  });
});

it.each([
  [session('admin'), 'ann@example.com'],
  [token(), 'token:deploy'],
  [signature, 'app:ak_a'],
])('names the caller of kind $kind in the log', (identity, expected) => {
  expect(actorOf(identity)).toBe(expected);
});

describe('a member who must set up a second factor', () => {
  const limited = session('admin', { mustSetUpSecondFactor: true });

  it.each([
    ['is kept from other routes', limited, staff, 'second_factor'],
    ['may set it up', limited, me, null],
    ['is free with one', session('admin'), staff, null],
    ['is a person, never a token', token(), staff, null],
  ])('%s', (_, identity, rule, expected) => {
    expect(dueBefore(identity, rule)).toBe(expected);
  });
});

describe('a member whose password another member set', () => {
  const limited = session('admin', { mustChangePassword: true, mustSetUpSecondFactor: true });
  const ownPassword: AccessRule = { roles: ['admin'], isOpenBeforePasswordChange: true };

  it.each([
    ['is kept from other routes', limited, staff, 'password'],
    ['is kept from the second factor too', limited, me, 'password'],
    ['may change it, second factor or not', limited, ownPassword, null],
    ['needs the second factor afterwards', { ...limited, mustChangePassword: false }, staff, 'second_factor'],
  ])('%s', (_, identity, rule, expected) => {
    expect(dueBefore(identity, rule)).toBe(expected);
  });
});

it.each([
  ['an operator may manage an operator', session('admin', { isOperator: true }), true, true],
  ['an admin may not manage an operator', session('admin'), true, false],
  ['an admin may manage everybody else', session('admin'), false, true],
])('%s', (_, identity, isOperator, expected) => {
  expect(mayManage(identity, { isOperator })).toBe(expected);
});
