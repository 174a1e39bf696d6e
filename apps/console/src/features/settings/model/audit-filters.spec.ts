import { AUDIT_ACTIONS } from '@im/contracts/api/access-constants';
import { describe, expect, it } from 'vitest';
import {
  AUDIT_FILTER_NAMES,
  groupedActions,
  loginsFilter,
  readAuditFilters,
  toAuditQuery,
} from './audit-filters.js';

const none = Object.fromEntries(AUDIT_FILTER_NAMES.map((name) => [name, ''])) as Record<
  (typeof AUDIT_FILTER_NAMES)[number],
  string
>;
const queryOf = (values: Partial<typeof none>) => toAuditQuery(readAuditFilters({ ...none, ...values }));
const blank = { actor: '', action: '', appKey: '', from: '', to: '' };

describe('the filters of the audit log', () => {
  it.each<[Partial<typeof none>, object]>([
    [{}, { ...blank, logins: 'false' }],
    [{ logins: loginsFilter(true) }, blank],
    [{ logins: loginsFilter(false) }, { ...blank, logins: 'false' }],
    [{ action: 'auth.login' }, { ...blank, action: 'auth.login' }],
    [
      { action: 'slept', from: 'yesterday' },
      { ...blank, logins: 'false' },
    ],
    [
      { actor: 'li@example.com', from: '2026-05-21T00:00:00.000Z' },
      { ...blank, actor: 'li@example.com', from: '2026-05-21T00:00:00.000Z', logins: 'false' },
    ],
  ])('%j ask for %j', (values, query) => {
    expect(queryOf(values)).toEqual(query);
  });

  it('offer every action in one group', () => {
    const offered = groupedActions().flatMap(({ actions }) => actions);
    expect([...offered].sort()).toEqual([...AUDIT_ACTIONS].sort());
  });
});
