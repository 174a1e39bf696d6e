import type { Role } from '@im/contracts/api/auth';
import { describe, expect, it } from 'vitest';
import { personOf, roleOf } from './oidc-claims.js';

describe('the person behind the claims', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    [
      'a verified email',
      { email: 'Li@Example.com', email_verified: true, name: 'Li' },
      { email: 'li@example.com', name: 'Li' },
    ],
    [
      'verified in words, no name',
      { email: 'li@example.com', email_verified: 'true' },
      { email: 'li@example.com', name: 'li@example.com' },
    ],
    [
      'a name of blanks',
      { email: 'li@example.com', email_verified: true, name: '  ' },
      { email: 'li@example.com', name: 'li@example.com' },
    ],
    ['an unverified email', { email: 'li@example.com', email_verified: false }, undefined],
    ['an email of which that is not said', { email: 'li@example.com' }, undefined],
    ['no email', { email_verified: true }, undefined],
    ['something else than an email', { email: { a: 1 }, email_verified: true }, undefined],
  ])('%s', (_, claims, expected) => {
    expect(personOf(claims)).toEqual(expected);
  });
});

describe('the role that a claim gives', () => {
  const map = new Map<string, Role>([
    ['im-admins', 'admin'],
    ['im-dev', 'developer'],
    ['yes', 'support'],
  ]);

  it.each<[string, string, Record<string, unknown>, Role | undefined]>([
    ['text', 'group', { group: 'im-dev' }, 'developer'],
    ['one of several', 'groups', { groups: ['staff', 'yes'] }, 'support'],
    ['the mightiest of several', 'groups', { groups: ['yes', 'im-admins', 'im-dev'] }, 'admin'],
    ['within an object', 'realm_access.roles', { realm_access: { roles: ['im-dev'] } }, 'developer'],
    ['a name with dots', 'https://example.com/role', { 'https://example.com/role': 'im-dev' }, 'developer'],
    ['no value of ours', 'groups', { groups: ['staff'] }, undefined],
    ['no such claim', 'groups.of.some', { groups: 'im-admins' }, undefined],
    ['what every object has', 'constructor.name', {}, undefined],
  ])('%s', (_, path, claims, expected) => {
    expect(roleOf(claims, path, map)).toBe(expected);
  });
});
