import type { Page } from '@im/contracts/api/common';
import type { MemberWithPassword } from '@im/contracts/api/members';
import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
import type { Webhook } from '@im/contracts/api/webhooks';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { addApiToken, addApp } from '../../testing/apps.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { addTenant } from '../../testing/tenants.js';
import { disableWebhooks } from './data/revise-webhooks.js';
import { WebhookRevisionsRepository } from './data/webhook-revisions.repository.js';
import { WebhookConfigsModule } from './webhook-configs.module.js';

const URL = 'https://93.184.216.34/hook';
const ADMIN = 'admin@example.com';

let api: TestApi;
let admin: ApiClient;
let appKey: string;
let webhook: Webhook;
let path: string;

beforeAll(async () => {
  api = await startTestApi([WebhookConfigsModule]);
  admin = await api.anonymous.logIn(ADMIN, 'correct horse battery');
});

beforeEach(async () => {
  ({ appKey } = await addApp(admin));
  webhook = await admin.data('POST', `/apps/${appKey}/webhooks`, { body: { url: URL, name: 'first' } });
  path = `/apps/${appKey}/webhooks/${webhook.webhookId}`;
});

afterAll(async () => {
  await api.stop();
});

const get = () => admin.data<Webhook>('GET', path);
const patch = (body: unknown, headers = {}) => admin.call('PATCH', path, { body, headers });

async function revisions(client = admin, query = ''): Promise<WebhookRevision[]> {
  return client.data('GET', `${path}/revisions${query}`);
}

/** Field, before, after of the newest revision. */
async function lastChanges(): Promise<unknown[][]> {
  const [last] = await revisions();
  return last?.changes.map(({ field, before, after }) => [field, before, after]) ?? [];
}

describe('a revision', () => {
  it('is written when a webhook is made, and says who made it', async () => {
    expect(webhook.revision).toBe(1);
    expect(await revisions()).toEqual([
      {
        webhookId: webhook.webhookId,
        revision: 1,
        at: webhook.createdAt,
        by: ADMIN,
        kind: 'created',
        changes: [],
        settings: expect.objectContaining({
          name: 'first',
          url: URL,
          enabled: true,
          hasSecret: false,
        }) as object,
      },
    ]);
  });

  it.each<[string, Record<string, unknown>, unknown[][]]>([
    ['one setting', { name: 'second' }, [['name', 'first', 'second']]],
    [
      'several settings',
      { timeoutMs: 5_000, events: ['message.*'] },
      [
        ['events', [], ['message.*']],
        ['timeoutMs', 10_000, 5_000],
      ],
    ],
    [
      'headers, credentials masked',
      { headers: { 'X-Tenant': 'north', Authorization: 'Bearer 0123456789abcdef' } },
      [
        ['headers.X-Tenant', null, 'north'],
        ['headers.Authorization', null, 'Bear****'],
      ],
    ],
    [
      'a batch',
      { batch: { maxEvents: 2, maxWaitMs: 10 } },
      [['batch', null, { maxEvents: 2, maxWaitMs: 10 }]],
    ],
    ['a secret, which it does not show', { secret: 'top secret' }, [['secret', 'none', 'set']]],
    [
      'being switched off',
      { enabled: false },
      [
        ['enabled', true, false],
        ['disabledReason', null, 'by_person'],
      ],
    ],
  ])('shows %s', async (_, change, expected) => {
    expect((await patch(change)).status).toBe(200);
    expect(await lastChanges()).toEqual(expected);
    expect((await get()).revision).toBe(2);
    expect(JSON.stringify(await revisions())).not.toMatch(/top secret|0123456789abcdef/);
  });

  it('shows a changed credential whose mask stays the same', async () => {
    await patch({ headers: { 'X-Api-Key': 'abcdefgh-one' } });
    await patch({ headers: { 'X-Api-Key': 'abcdefgh-two' } });
    expect(await lastChanges()).toEqual([['headers.X-Api-Key', 'abc****', 'abc****']]);
  });

  it('is not written for a change that changes nothing', async () => {
    const { retryPolicy } = webhook;
    const answer = await patch({ name: 'first', retryPolicy, enabled: true });
    expect(answer.status).toBe(200);
    expect(await get()).toEqual(webhook);
    expect(await revisions()).toHaveLength(1);
  });

  it('is written for each step of a secret’s rotation', async () => {
    await admin.data('POST', `${path}/secret/stage`);
    expect(await lastChanges()).toEqual([['nextSecret', 'none', 'staged']]);
    await admin.data('POST', `${path}/secret/activate`);
    expect(await lastChanges()).toEqual([
      ['secret', 'none', 'set'],
      ['nextSecret', 'staged', 'activated'],
    ]);
    await patch({ secret: null });
    expect(await lastChanges()).toEqual([['secret', 'set', 'none']]);
  });

  it('is written when the service itself disables a webhook, once', async () => {
    const dataSource = api.app.get(DataSource);
    for (let time = 0; time < 2; time += 1) {
      await dataSource.transaction((manager) =>
        disableWebhooks(manager, [webhook.webhookId], 'gone', new Date()),
      );
    }
    const all = await revisions();
    expect(all).toHaveLength(2);
    expect(all[0]).toMatchObject({ by: 'system', settings: { enabled: false, disabledReason: 'gone' } });
  });

  it('names the API token that made the change', async () => {
    const { token } = await addApiToken(admin, ['webhooks:write', 'webhooks:read'], { name: 'ci' });
    await api.anonymous.withToken(token).data('PATCH', path, { body: { name: 'by token' } });
    expect((await revisions())[0]).toMatchObject({ by: 'token:ci', revision: 2 });
  });
});

describe('the history of a webhook', () => {
  it('outlives it, and says who deleted it', async () => {
    await patch({ name: 'second' });
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect((await admin.call('GET', path)).status).toBe(404);
    const all = await revisions();
    expect(all.map(({ kind }) => kind)).toEqual(['deleted', 'updated', 'created']);
    expect(all[0]).toMatchObject({ by: ADMIN, revision: 3, changes: [] });
  });

  it('ends with its app', async () => {
    await admin.call('DELETE', `/apps/${appKey}`);
    const rows = await api.database.query(
      'SELECT kind, revised_by FROM webhook_revisions WHERE webhook_id = $1 ORDER BY revision',
      [webhook.webhookId],
    );
    expect(rows).toEqual([
      { kind: 'created', revised_by: ADMIN },
      { kind: 'deleted', revised_by: ADMIN },
    ]);
  });

  it('comes in pages, newest first', async () => {
    for (const name of ['b', 'c', 'd', 'e']) await patch({ name });
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await admin.call('GET', `${path}/revisions${query}`);
      const page = body as Page<WebhookRevision>;
      seen.push(...page.data.map(({ revision }) => revision));
      cursor = page.page.nextCursor;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  it.each(['?cursor=0', '?cursor=x', '?cursor=-1', '?cursor=99999999999', '?limit=0', '?colour=red'])(
    'refuses %s',
    async (query) => {
      expect((await admin.call('GET', `${path}/revisions${query}`)).status).toBe(422);
    },
  );

  it('does not exist for another tenant, with any query', async () => {
    const other = await addTenant(api, `other-${appKey}@example.com`);
    expect((await other.admin.call('GET', `${path}/revisions?cursor=x`)).status).toBe(404);
  });

  it('shows support the names of headers, not their values', async () => {
    await patch({ headers: { 'X-Tenant': 'north' } });
    const email = `support-${appKey}@example.com`;
    const { temporaryPassword = '' } = await admin.data<MemberWithPassword>('POST', '/members', {
      body: { email, name: 'S', role: 'support' },
    });
    const support = await api.anonymous.logIn(email, temporaryPassword);
    const [last] = await revisions(support);
    expect(last?.settings.headers).toEqual({ 'X-Tenant': '******' });
    expect(last?.changes).toEqual([{ field: 'headers.X-Tenant', before: null, after: '******' }]);
  });
});

describe('If-Match', () => {
  it('lets a change through that was made for the present revision', async () => {
    const read = await admin.call('GET', path);
    expect(read.headers.etag).toBe('"1"');
    const changed = await patch({ name: 'second' }, { 'if-match': '"1"' });
    expect([changed.status, changed.headers.etag]).toEqual([200, '"2"']);
  });

  it.each<[string, (headers: Record<string, string>) => ReturnType<typeof patch>]>([
    ['a change', (headers) => patch({ name: 'mine' }, headers)],
    ['a deletion', (headers) => admin.call('DELETE', path, { headers })],
    ['enabling', (headers) => admin.call('POST', `${path}/enable`, { headers })],
    ['disabling', (headers) => admin.call('POST', `${path}/disable`, { headers })],
    ['pausing', (headers) => admin.call('POST', `${path}/pause`, { headers })],
    ['resuming', (headers) => admin.call('POST', `${path}/resume`, { headers })],
  ])('stops %s made for an older one, and says who was faster', async (_, act) => {
    await patch({ name: 'theirs' });
    const before = await get();
    for (const stale of ['"1"', '"1", "7"', '"abc"', '""']) {
      const answer = await act({ 'if-match': stale });
      expect(answer.status).toBe(412);
      expect(answer.body).toMatchObject({
        code: 'precondition_failed',
        detail: expect.stringMatching(/revision 2 .*admin@example\.com changed it at \d{4}-/) as string,
      });
      expect(await get()).toEqual(before);
    }
    const answer = await act({ 'if-match': '*' });
    expect(answer.status).toBeLessThan(300);
  });

  it.each(['1', '"1', 'W"1"', ''])('of %j is refused as malformed', async (ifMatch) => {
    const answer = await patch({ name: 'mine' }, { 'if-match': ifMatch });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: 'If-Match', code: 'invalid_format' }] });
  });

  it('says not found before it checks the header', async () => {
    const unknown = path.replace(webhook.webhookId, '01980000-0000-7000-8000-000000000000');
    expect((await admin.call('DELETE', unknown, { headers: { 'if-match': 'x' } })).status).toBe(404);
  });

  it('of changes at the same moment lets exactly one through', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const names = Array.from({ length: 6 }, (_, index) => `round ${round}, ${index}`);
      const answers = await Promise.all(names.map((name) => patch({ name }, { 'if-match': `"${round}"` })));
      const winners = answers.flatMap(({ status }, index) => (status === 200 ? [names[index]] : []));
      expect(answers.filter(({ status }) => status === 412)).toHaveLength(5);
      expect(winners).toEqual([(await get()).name]);
    }
    expect((await revisions()).map(({ revision }) => revision)).toEqual([6, 5, 4, 3, 2, 1]);
  });
});

describe('settings at an instant', () => {
  it('are those in force then: before it was made, between changes, after it was deleted', async () => {
    const repository = api.app.get(WebhookRevisionsRepository);
    const instants = [new Date(Date.parse(webhook.createdAt) - 1), new Date(webhook.createdAt)];
    for (const name of ['second', 'third']) {
      api.moveClockBy(1_000);
      instants.push(new Date(Date.parse((await patchTo({ name })).updatedAt)));
    }
    api.moveClockBy(1_000);
    await admin.call('DELETE', path);
    const [{ at: deletedAt } = { at: '' }] = await revisions();
    instants.push(new Date(Date.parse(deletedAt) - 1), new Date(deletedAt));
    const states = [];
    for (const instant of instants) {
      const [byId] = await repository.settingsAt({ webhookIds: [webhook.webhookId] }, instant);
      const { appId } = await appRow();
      expect(await repository.settingsAt({ appId }, instant)).toEqual([byId]);
      states.push([byId?.state, byId && 'revision' in byId ? byId.revision.settings.name : null]);
    }
    expect(states).toEqual([
      ['not_yet_created', null],
      ['there', 'first'],
      ['there', 'second'],
      ['there', 'third'],
      ['there', 'third'],
      ['deleted', 'third'],
    ]);
  });

  it('never run backwards when the clock of another machine is behind', async () => {
    api.moveClockBy(5_000);
    await patchTo({ name: 'ahead' });
    api.moveClockBy(-5_000);
    await patchTo({ name: 'behind' });
    const [last, ahead] = await revisions();
    expect(Date.parse(last!.at)).toBeGreaterThanOrEqual(Date.parse(ahead!.at));
    const [now] = await api.app
      .get(WebhookRevisionsRepository)
      .settingsAt({ webhookIds: [webhook.webhookId] }, new Date(last!.at));
    expect(now).toMatchObject({ revision: { settings: { name: 'behind' } } });
  });

  async function patchTo(body: unknown): Promise<Webhook> {
    return admin.data('PATCH', path, { body });
  }

  async function appRow(): Promise<{ appId: string }> {
    const [row] = await api.database.query<{ appId: string }>(
      'SELECT app_id AS "appId" FROM apps WHERE app_key = $1',
      [appKey],
    );
    return row!;
  }
});
