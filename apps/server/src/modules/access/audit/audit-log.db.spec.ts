import type { AuditEntry, ListedAuditEntry } from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../testing/api-client.js';
import { addTenant } from '../../../testing/tenants.js';
import { startTestApi, type TestApi } from '../../../testing/test-api.js';
import { AccessModule } from '../access.module.js';

let api: TestApi;
let admin: ApiClient;
let entries: ListedAuditEntry[];

/** Four entries besides the login: two members added by the admin, one changed, one removed. */
beforeAll(async () => {
  api = await startTestApi([AccessModule]);
  admin = (await addTenant(api, 'auditor@example.org')).admin;
  const add = (email: string) =>
    admin.data<{ memberId: string }>('POST', '/members', { body: { email, role: 'support' } });
  const first = await add('first@example.org');
  const { memberId } = await add('second@example.org');
  await admin.call('PATCH', `/members/${memberId}`, { body: { name: '=cmd|calc' } });
  await admin.call('DELETE', `/members/${first.memberId}`);
  entries = await list('');
});

afterAll(async () => {
  await api.stop();
});

async function list(query: string): Promise<ListedAuditEntry[]> {
  return admin.data<ListedAuditEntry[]>('GET', `/audit-log${query}`);
}

/** Names change; an export is what was recorded. */
function withoutSubject({ subject, ...entry }: ListedAuditEntry): AuditEntry {
  expect(Object.values(subject).every((value) => value === null)).toBe(true);
  return entry;
}

const idsOf = (some: AuditEntry[]) => some.map(({ auditId }) => auditId);

describe('the audit log', () => {
  it('is filtered by who did what to whom, and when', async () => {
    const [removed, changed, second, first, login] = entries;
    const filters: [string, (AuditEntry | undefined)[]][] = [
      ['', [removed, changed, second, first, login]],
      ['?action=member.created', [second, first]],
      ['?actor=auditor@example.org', [removed, changed, second, first, login]],
      ['?actor=auditor@example.org&action=auth.login', [login]],
      ['?actor=unknown@example.org', []],
      ['?logins=true', [removed, changed, second, first, login]],
      ['?logins=false', [removed, changed, second, first]],
      ['?logins=false&action=auth.login', [login]],
      [`?targetId=${second?.targetId}`, [changed, second]],
      [`?targetId=${second?.targetId}&action=member.deleted`, []],
      [`?from=${changed?.at}`, [removed, changed]],
      [`?to=${changed?.at}`, [second, first, login]],
      [`?from=${second?.at}&to=${changed?.at}`, [second]],
      ['?appKey=ak_0', []],
    ];
    for (const [query, expected] of filters) {
      expect([query, idsOf(await list(query))]).toEqual([query, expected.map((entry) => entry?.auditId)]);
    }
  });

  it('comes page by page under a filter', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const answer = await admin.call('GET', `/audit-log?actor=auditor@example.org&limit=2${cursor}`);
      const { data, page } = answer.body as Page<AuditEntry>;
      seen.push(...idsOf(data));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(idsOf(entries));
  });

  it.each(['?from=yesterday', '?action=slept', '?actor=', '?format=csv', '?targetId=%00'])(
    'refuses %s',
    async (query) => {
      const answer = await admin.call('GET', `/audit-log${query}`);
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ errors: [{ pointer: query.split('=')[0] }] });
    },
  );

  it('is exported as it is listed, and that is recorded', async () => {
    const answer = await admin.call('GET', '/audit-log/export?format=ndjson&to=2999-01-01T00:00:00Z');
    expect(answer.headers['content-type']).toMatch(/^application\/x-ndjson/);
    const lines = answer.text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as AuditEntry)).toEqual(entries.map(withoutSubject));
    expect(await list('?action=audit_log.exported')).toMatchObject([{ detail: { format: 'ndjson' } }]);
  });

  it('is exported for spreadsheets', async () => {
    const answer = await admin.call('GET', '/audit-log/export?action=member.created');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="audit-log_\d{8}T\d{6}Z\.csv"$/,
      ) as string,
    });
    const [head, ...lines] = answer.text.split('\r\n');
    expect(head).toBe('\uFEFFauditId,action,actor,appKey,targetId,detail,ipAddress,at');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(',member.created,auditor@example.org,,');
  });

  it('is exported only by those who may read it', async () => {
    const stranger = await addTenant(api, 'stranger@example.org');
    const answer = await stranger.admin.call('GET', '/audit-log/export?format=ndjson');
    expect(answer.text.trimEnd().split('\n')).toHaveLength(1);
    expect((await admin.call('GET', '/audit-log/export?format=xml')).status).toBe(422);
    expect((await admin.call('GET', '/audit-log/export?limit=5')).status).toBe(422);
    expect((await api.anonymous.call('GET', '/audit-log/export')).status).toBe(401);
  });
});
