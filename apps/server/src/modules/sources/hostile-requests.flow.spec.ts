/** Whatever comes below /in/ is answered so that the sender goes on, is shown, and ends nothing. */
import type { Source, SourceRequestEntry } from '@im/contracts/api/sources';
import { SOURCE_KINDS, type SourceKind } from '@im/contracts/api/source-constants';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { head, RawConnection } from '../../testing/raw-http.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const SEED = Number(process.env.GENERATED_SEED ?? Date.now() % 1_000_000_007);

let service: TestService;
let app: AppUnderTest;
const sources = new Map<SourceKind, Source>();

beforeAll(async () => {
  service = await startTestService();
  app = await service.addApp();
  for (const kind of SOURCE_KINDS) {
    sources.set(kind, await app.client.data('POST', `${app.base}/sources`, { body: { kind, name: kind } }));
  }
});
afterAll(() => service.stop());

function pathOf(kind: SourceKind): string {
  return new URL(sources.get(kind)?.url ?? '').pathname;
}

function requestsOf(kind: SourceKind): Promise<SourceRequestEntry[]> {
  const id = sources.get(kind)?.sourceId ?? '';
  return app.client.data('GET', `${app.base}/sources/${id}/requests`);
}

function expectAllowed(kind: SourceKind | 'other', status: number, text: string): void {
  expect(status).toBe(200);
  expect(text).not.toMatch(/<html|"type":"about:blank"|requestId/i);
  if (kind === 'openim' || kind === 'other')
    expect(JSON.parse(text)).toMatchObject({ actionCode: 0, nextCode: 0 });
  if (kind === 'wukongim') expect(text).toBe('');
  if (kind === 'tencent-im') expect(JSON.parse(text)).toMatchObject({ ActionStatus: 'OK', ErrorCode: 0 });
}

describe.each(SOURCE_KINDS)('%s goes on', (kind) => {
  it.each<[what: string, path: () => string, init: RequestInit]>([
    ['an unknown token', () => `/in/${kind}/${'0'.repeat(48)}/x`, { method: 'POST', body: '{}' }],
    ['no token', () => `/in/${kind}`, { method: 'POST', body: '{}' }],
    [
      'an unknown command',
      () => `${pathOf(kind)}/callbackNeverHeardOf?event=never`,
      { method: 'POST', body: '{}' },
    ],
    ['an unreadable body', () => `${pathOf(kind)}/x`, { method: 'POST', body: '{"a":' }],
    ['a list', () => `${pathOf(kind)}/x?event=msg.notify`, { method: 'POST', body: '[1,null,"x",[]]' }],
    ['no body', () => `${pathOf(kind)}/x`, { method: 'POST' }],
    ['GET', () => `${pathOf(kind)}/x`, { method: 'GET' }],
    ['DELETE', () => pathOf(kind), { method: 'DELETE' }],
    ['OPTIONS', () => pathOf(kind), { method: 'OPTIONS' }],
    [
      'a strange media type',
      () => pathOf(kind),
      { method: 'PUT', body: 'x', headers: { 'content-type': 'x y;;' } },
    ],
    [
      'a broken encoding',
      () => pathOf(kind),
      { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } },
    ],
    ['a broken escape', () => `${pathOf(kind)}/%zz/%00?%zz=%`, { method: 'POST', body: '{}' }],
    ['doubled slashes', () => `${pathOf(kind)}//x//`, { method: 'POST', body: '{}' }],
    ['lists in lists', () => pathOf(kind), { method: 'POST', body: '['.repeat(4_000_000) }],
    ['a million lists', () => pathOf(kind), { method: 'POST', body: `{"a":[${'[],'.repeat(1_000_000)}[]]}` }],
    ['8 MiB', () => pathOf(kind), { method: 'POST', body: 'a'.repeat(8_388_608) }],
    ['more than 8 MiB', () => pathOf(kind), { method: 'POST', body: 'a'.repeat(8_388_609) }],
  ])('after %s', async (_what, path, init) => {
    const answer = await fetch(service.url + path(), { ...init, redirect: 'manual' });
    expectAllowed(kind, answer.status, await answer.text());
  });

  it('while the source is paused, and that is shown', async () => {
    const { sourceId = '' } = sources.get(kind) ?? {};
    const change = (enabled: boolean) =>
      app.client.data('PATCH', `${app.base}/sources/${sourceId}`, { body: { enabled } });
    await change(false);
    const answer = await fetch(service.url + pathOf(kind), { method: 'POST', body: '{}' });
    expectAllowed(kind, answer.status, await answer.text());
    await change(true);
    const [request] = await requestsOf(kind);
    expect(request).toMatchObject({ outcome: 'rejected', detail: 'The source is paused' });
  });

  it('when its address may not send, and that is shown', async () => {
    const { sourceId = '' } = sources.get(kind) ?? {};
    const change = (allowedCidrs: string[]) =>
      app.client.data('PATCH', `${app.base}/sources/${sourceId}`, { body: { allowedCidrs } });
    await change(['10.0.0.0/8']);
    const answer = await fetch(service.url + pathOf(kind), { method: 'POST', body: '{}' });
    expectAllowed(kind, answer.status, await answer.text());
    await change([]);
    const [request] = await requestsOf(kind);
    expect(request?.outcome).toBe('rejected');
    expect(request?.detail).toContain('127.0.0.1');
  });

  it(`after 200 generated requests of seed ${String(SEED)}`, async () => {
    const generated = fc.sample(
      fc.record({
        method: fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'GET'),
        path: fc.webPath(),
        query: fc.webQueryParameters(),
        event: fc.constantFrom('', 'event=msg.notify&', 'event=msg.offline&', 'event=user.onlinestatus&'),
        body: fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' })),
      }),
      { seed: SEED, numRuns: 200 },
    );
    for (const { method, path, query, event, body } of generated) {
      const url = `${service.url}${pathOf(kind)}${path}?${event}${query}`;
      const answer = await fetch(url, { method, ...(method !== 'GET' && { body }), redirect: 'manual' });
      expectAllowed(kind, answer.status, await answer.text());
    }
  });
});

it('a source whose secrets cannot be opened rejects its own requests, and no other’s', async () => {
  const dootask = sources.get('dootask')?.sourceId ?? '';
  const setSecrets = (bytes: Buffer | null) =>
    service.database.query('UPDATE sources SET settings_ciphertext = $2 WHERE source_id = $1', [
      dootask,
      bytes,
    ]);
  await setSecrets(Buffer.from('sealed with another key'));
  const statuses = await Promise.all(
    SOURCE_KINDS.map((kind) => fetch(service.url + pathOf(kind), { method: 'POST', body: 'event=message' })),
  );
  expect(statuses.map(({ status }) => status)).toEqual(SOURCE_KINDS.map(() => 200));
  expect((await requestsOf('dootask'))[0]).toMatchObject({ outcome: 'rejected' });
  for (const kind of ['openim', 'wukongim', 'tencent-im'] as const) {
    expect((await requestsOf(kind))[0]).toMatchObject({ outcome: 'not_understood' });
  }
  await setSecrets(null);
});

it('an unknown kind goes on too', async () => {
  const answer = await fetch(`${service.url}/in/other/${'0'.repeat(48)}/x`, { method: 'POST', body: 'x' });
  expectAllowed('other', answer.status, await answer.text());
});

it('a body that breaks off leaves the service as it is', async () => {
  const connection = RawConnection.open(service.url);
  connection.send(`${head(`POST ${pathOf('openim')}/x`, { 'Content-Length': 100 })}{"a":`);
  connection.close();
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
});

it('no more than the last 50 requests are kept', async () => {
  for (let n = 0; n < 60; n += 1) {
    await fetch(`${service.url}${pathOf('dootask')}`, { method: 'POST', body: `n=${String(n)}` });
  }
  const kept = await requestsOf('dootask');
  expect(kept).toHaveLength(50);
  expect(kept[0]?.body).toBe('n=59');
});
