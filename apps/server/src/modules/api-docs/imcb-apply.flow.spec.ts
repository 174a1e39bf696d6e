/** Applies configuration files with `imcb apply`. */
import type { Webhook } from '@im/contracts/api/webhooks';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addApiToken } from '../../testing/apps.js';
import { runCli, type CliResult } from '../../testing/cli-process.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const SECRET = 'from-the-environment';
const SCOPES = [
  'apps:read',
  'apps:write',
  'webhooks:read',
  'webhooks:write',
  'sources:read',
  'sources:write',
] as const;
const COUNT = 200;

let service: TestService;
let env: Record<string, string>;
let appId = '';
let apps = 0;

beforeAll(async () => {
  service = await startTestService();
  const { token } = await addApiToken(service.admin, [...SCOPES, 'event-types:write']);
  env = { IMCB_URL: service.url, IMCB_TOKEN: token, CRM_SECRET: SECRET, HOST: 'http://127.0.0.1:9' };
});
beforeEach(() => {
  apps += 1;
  appId = `shop-${apps}`;
});
afterAll(() => service.stop());

interface Summary {
  create: number;
  update: number;
  delete: number;
  same: number;
}

/** @returns the changes as `action kind id fields`, and how many of each */
async function apply(config: unknown, ...args: string[]): Promise<{ changes: string[]; summary: Summary }> {
  const result = await run('apply', config, ...args);
  expect([result.code, result.errors]).toEqual([0, []]);
  return readChanges(result);
}

function run(command: 'apply' | 'diff', config: unknown, ...args: string[]): Promise<CliResult> {
  return runCli([command, '--file', '-', '--json', ...args], env, JSON.stringify(config));
}

function readChanges({ lines }: CliResult): { changes: string[]; summary: Summary } {
  const values = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const { summary } = values.pop() as { summary: Summary };
  const changes = values.map(({ action, kind, id, fields }) =>
    [action, kind, id, ...(fields as string[])].join(' '),
  );
  return { changes, summary };
}

function configOf(webhooks: Record<string, unknown>[], others: Record<string, unknown> = {}): unknown {
  const app = { externalId: appId, name: 'Shop', packageName: 'com.example.shop' };
  return { apps: [{ ...app, webhooks, ...others }] };
}

function webhook(externalId: string, others: Record<string, unknown> = {}): Record<string, unknown> {
  return { externalId, url: `\${HOST}/${externalId}`, name: externalId, ...others };
}

function webhooksOf(ref: string): Promise<Webhook[]> {
  return service.admin.data('GET', `/apps/${encodeURIComponent(ref)}/webhooks?limit=200`);
}

it('makes what a file names, and then finds nothing to change', async () => {
  const config = {
    eventTypes: [{ name: `order.paid${apps}`, schema: { type: 'object' }, example: { n: 1 } }],
    ...(configOf(
      [
        webhook('crm', {
          secret: '${CRM_SECRET}',
          events: [`order.paid${apps}`],
          retryPolicy: { preset: 'quick' },
        }),
        webhook('audit', { headers: { 'X-Tenant': 'north' }, ordering: 'conversation', batch: null }),
      ],
      { sources: [{ externalId: 'im', kind: 'openim', name: 'IM', settings: { version: '3.8' } }] },
    ) as object),
  };
  const first = await apply(config);
  expect(first.summary).toEqual({ create: 5, update: 0, delete: 0, same: 0 });
  expect(first.changes).toEqual([
    `create event type order.paid${apps}`,
    `create app ${appId}`,
    `create webhook ${appId}/crm`,
    `create webhook ${appId}/audit`,
    `create source ${appId}/im`,
  ]);
  expect(await apply(config)).toEqual({ changes: [], summary: { create: 0, update: 0, delete: 0, same: 5 } });
  const [crm] = (await webhooksOf(`ext:${appId}`)).filter(({ name }) => name === 'crm');
  expect(crm).toMatchObject({
    url: 'http://127.0.0.1:9/crm',
    hasSecret: true,
    externalId: 'crm',
    revision: 1,
  });
});

it('changes the fields that differ, and names them without their values', async () => {
  await apply(configOf([webhook('crm', { secret: '${CRM_SECRET}' })]));
  const changed = configOf([webhook('crm', { timeoutMs: 5_000, url: '${HOST}/elsewhere' })]);
  const shown = await run('diff', changed);
  expect(shown.code).toBe(7);
  expect(readChanges(shown).changes).toEqual([`update webhook ${appId}/crm url timeoutMs`]);
  expect(shown.lines.join('\n')).not.toMatch(/elsewhere|from-the-environment/);
  const [before] = await webhooksOf(`ext:${appId}`);
  expect(before).toMatchObject({ revision: 1 });
  await apply(changed);
  const [after] = await webhooksOf(`ext:${appId}`);
  expect(after).toMatchObject({ revision: 2, timeoutMs: 5_000, hasSecret: true });
  expect((await run('diff', changed)).code).toBe(0);
});

it('deletes only when told to, and only what has an external id', async () => {
  await apply(configOf([webhook('one'), webhook('two')]));
  const base = `/apps/${encodeURIComponent(`ext:${appId}`)}`;
  await service.admin.data('POST', `${base}/webhooks`, {
    body: { url: 'http://127.0.0.1:9/', name: 'by hand' },
  });
  const less = configOf([webhook('one')]);
  expect((await apply(less)).summary).toMatchObject({ delete: 0, same: 2 });
  expect((await apply(less, '--prune', '--dry-run')).changes).toEqual([`delete webhook ${appId}/two`]);
  expect(await webhooksOf(`ext:${appId}`)).toHaveLength(3);
  expect((await apply(less, '--prune')).summary).toMatchObject({ delete: 1 });
  const left = (await webhooksOf(`ext:${appId}`)).map(({ name }) => name);
  expect(left.sort()).toEqual(['by hand', 'one']);
});

it(`takes ${COUNT} webhooks, and the second time changes none`, async () => {
  const config = configOf(Array.from({ length: COUNT }, (_, number) => webhook(`w${number}`)));
  expect((await apply(config)).summary).toMatchObject({ create: COUNT + 1 });
  expect((await apply(config)).summary).toEqual({ create: 0, update: 0, delete: 0, same: COUNT + 1 });
}, 180_000);

it('works in an app that exists, named by its AppKey', async () => {
  const { appKey } = await service.addApp();
  const config = { apps: [{ appKey, webhooks: [webhook('crm')] }] };
  expect((await apply(config)).changes).toEqual([`create webhook ${appKey}/crm`]);
  expect((await apply({ apps: [{ appKey, name: 'Renamed' }] })).changes).toEqual([
    `update app ${appKey} name`,
  ]);
});

it.each<[what: string, config: (id: string) => unknown, code: number, line: RegExp]>([
  [
    'a variable that is not set',
    () => configOf([webhook('crm', { secret: '${NO_SUCH}' })]),
    2,
    /secret: .*NO_SUCH/,
  ],
  [
    'what the service refuses',
    () => configOf([webhook('crm', { timeoutMs: 1 })]),
    5,
    /webhook .+\/crm: \/timeoutMs/,
  ],
  ['an unknown field', () => configOf([webhook('crm', { colour: 'red' })]), 5, /crm: \/colour/],
  ['an app that is not there', () => ({ apps: [{ appKey: 'ak_unknown' }] }), 4, /app/],
])('says in one line: %s', async (_, config, code, line) => {
  const result = await run('apply', config(appId));
  const { error } = JSON.parse(result.errors[0] ?? '') as { error: { message: string } };
  expect([result.code, result.errors.length, error.message]).toEqual([code, 1, expect.stringMatching(line)]);
});

it('takes YAML from a file, and prints no secret', async () => {
  const { code, lines } = await runCli(
    ['apply', '--file', '-'],
    env,
    `apps:\n  - externalId: ${appId}\n    name: Shop\n    packageName: com.example.shop\n    webhooks:\n      - { externalId: crm, url: "\${HOST}/", secret: "\${CRM_SECRET}" }\n`,
  );
  expect(code).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(/^create +app +shop/),
    expect.stringMatching(/^create +webhook +shop-\d+\/crm$/),
    'Created: 2, updated: 0, deleted: 0, unchanged: 0',
  ]);
});
