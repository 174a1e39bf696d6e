import { API_TOKEN_SCOPES } from '@im/contracts/api/access-constants';
import { describe, expect, it } from 'vitest';
import { groupsToChoose, presetsToChoose, SCOPE_GROUPS, scopesToChoose } from './token-scopes.js';

const operator = { role: 'admin', isOperator: true };
const admin = { role: 'admin', isOperator: false };
const developer = { role: 'developer', isOperator: false };

describe('the groups of scopes', () => {
  it('have every scope once', () => {
    expect(Object.values(SCOPE_GROUPS).flat().sort()).toEqual([...API_TOKEN_SCOPES].sort());
  });

  it('leave out what the member cannot give, and groups without a scope', () => {
    const ofDeveloper = groupsToChoose(scopesToChoose({ member: developer, isBound: false }));
    expect(new Map(ofDeveloper).get('administration')).toEqual(['tokens:write']);
    expect(groupsToChoose(['events:write'])).toEqual([['traffic', ['events:write']]]);
  });
});

describe('what can be chosen', () => {
  it('is tenants:write for operators only', () => {
    expect(scopesToChoose({ member: operator, isBound: false })).toEqual(API_TOKEN_SCOPES);
    expect(scopesToChoose({ member: admin, isBound: false })).not.toContain('tenants:write');
  });

  it('is nothing of the whole tenant for a token of one app', () => {
    const scopes = scopesToChoose({ member: operator, isBound: true });
    expect(scopes).toContain('apps:write');
    expect(scopes).not.toContain('audit:read');
    expect(presetsToChoose(scopes)).toEqual(['imServer', 'receiverCi', 'rotation']);
  });

  it.each([
    [admin, ['imServer', 'receiverCi', 'terraform', 'rotation', 'audit']],
    [developer, ['imServer', 'receiverCi']],
  ])('are presets that the member can give whole: %j', (member, presets) => {
    expect(presetsToChoose(scopesToChoose({ member, isBound: false }))).toEqual(presets);
  });
});
