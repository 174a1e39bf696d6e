import type { ApiTokenScope } from '@im/contracts/api/api-tokens';
import type { AppChange, AppChanges } from '@im/contracts/api/changes';
import type { Source } from '@im/contracts/api/sources';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
});

afterAll(async () => {
  await service.stop();
});

async function changes(query = ''): Promise<AppChange[]> {
  const { changes: found } = await service.admin.data<AppChanges>('GET', `${app.base}/changes${query}`);
  return found;
}

const inShort = ({ kind, action, name, fields, rule }: AppChange) =>
  [kind, action, name, ...fields, rule].filter(Boolean).join(' ');

describe('the changes of an app', () => {
  it('are revisions of its webhooks, and secrets that came into use, oldest first and with the person', async () => {
    const { webhookId } = await app.addWebhook('https://93.184.216.34/hook', { name: 'Orders' });
    const path = `${app.base}/webhooks/${webhookId}`;
    await service.admin.data('PATCH', path, { body: { timeoutMs: 5_000, url: 'https://93.184.216.34/new' } });
    await service.admin.data('POST', `${path}/secret/stage`);
    await service.admin.data('POST', `${path}/secret/activate`, { body: { overlapSeconds: 0 } });
    await service.admin.data('POST', `${app.base}/secret/stage`);
    await service.admin.data('POST', `${app.base}/secret/activate`, { body: { overlapSeconds: 0 } });
    await service.admin.call('DELETE', path);
    const found = await changes();
    expect(found.map(inShort)).toEqual([
      'webhook created Orders',
      'webhook updated Orders url timeoutMs',
      'rotation activated Orders',
      'rotation activated',
      'webhook deleted Orders',
    ]);
    expect(new Set(found.map(({ by }) => by))).toEqual(new Set(['admin@example.com']));
    const at = found[1]?.at ?? '';
    expect((await changes(`?from=${at}`)).map(inShort)).toHaveLength(4);
    expect((await changes(`?from=2026-01-01T00:00:00Z&to=${at}`)).map(inShort)).toEqual([
      'webhook created Orders',
    ]);
  });

  it('are alerts that opened or were resolved', async () => {
    const receiver = await CallbackReceiver.start(app.appSecret);
    receiver.answerWith(500);
    const { webhookId } = await app.addWebhook(receiver.url, { name: 'Orders', retryPolicy: fixedRetry(1) });
    for (let times = 0; times < 5; times += 1) await app.deliver();
    const opened = 'alert opened Orders consecutive_failures';
    await eventually(async () => (await changes()).some((change) => inShort(change) === opened));
    const change = (await changes()).find((each) => inShort(each) === opened);
    expect(change).toMatchObject({ webhookId, sourceId: null, by: 'system', severity: 'warning' });
    await app.call('POST', `/alerts/${change?.alertId ?? ''}/resolve`);
    const resolved = (await changes()).find(({ action }) => action === 'resolved');
    expect(resolved).toMatchObject({ alertId: change?.alertId, by: 'admin@example.com' });
    await receiver.stop();
  });

  it('show a secret set together with other settings as two, and a removed one as an update', async () => {
    const { webhookId } = await app.addWebhook('https://93.184.216.34/hook', { name: 'Orders' });
    const path = `${app.base}/webhooks/${webhookId}`;
    await service.admin.data('PATCH', path, {
      body: { timeoutMs: 5_000, secret: 'a secret of sixteen or more' },
    });
    await service.admin.data('PATCH', path, { body: { secret: null } });
    expect((await changes()).map(inShort)).toEqual([
      'webhook created Orders',
      'rotation activated Orders',
      'webhook updated Orders timeoutMs',
      'webhook updated Orders secret',
    ]);
  });

  it('name a source by its id, and leave out what the caller may not read', async () => {
    const source = await service.admin.data<Source>('POST', `${app.base}/sources`, {
      body: { kind: 'openim', name: 'production', externalId: 'openim-1' },
    });
    const token = `${app.base}/sources/ext:openim-1/token`;
    await service.admin.data('POST', `${token}/stage`);
    await service.admin.data('POST', `${token}/activate`, { body: { overlapSeconds: 0 } });
    const rows = await service.database.query<{ app_id: string }>(
      'SELECT app_id FROM apps WHERE app_key = $1',
      [app.appKey],
    );
    await service.database.query(
      `INSERT INTO alerts (alert_id, app_id, rule, severity, status, detail, opened_at)
       VALUES (gen_random_uuid(), $1, 'slow', 'warning', 'open', '{"webhookName": "Orders", "webhookUrl": ""}', now())`,
      [rows[0]?.app_id],
    );
    expect(await changes()).toMatchObject([
      { kind: 'rotation', sourceId: source.sourceId },
      { kind: 'alert', rule: 'slow' },
    ]);
    const kindsFor = async (...scopes: ApiTokenScope[]) => {
      const { token: apiToken } = await addApiToken(service.admin, ['webhooks:read', ...scopes]);
      const client = service.anonymous.withToken(apiToken);
      const found = await client.data<AppChanges>('GET', `${app.base}/changes`);
      return found.changes.map(({ kind }) => kind);
    };
    expect(await kindsFor()).toEqual([]);
    expect(await kindsFor('sources:read')).toEqual(['rotation']);
    expect(await kindsFor('alerts:read')).toEqual(['alert']);
  });

  it.each([
    ['from=2999-01-01T00:00:00Z', '?from'],
    ['from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', '?to'],
    ['limit=5', '?limit'],
  ])('are refused for %s', async (query, pointer) => {
    const answer = await app.call('GET', `/changes?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });
});
