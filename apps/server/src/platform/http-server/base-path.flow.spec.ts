import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreatedPortalLink } from '@im/contracts/api/portal-links';
import type { Source } from '@im/contracts/api/sources';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { head, RawConnection } from '../../testing/raw-http.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const PUBLIC_URL = 'https://host.example/im';
let folder: string;
let service: TestService;
let app: AppUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'below-a-path-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><script src="/assets/main.js"></script>');
  service = await startTestService({ PUBLIC_URL, CONSOLE_DIR: folder });
  app = await service.addApp();
});

afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

describe.each([
  ['passes the path on', '/im'],
  ['takes the path off', ''],
])('behind a proxy that %s', (_, prefix) => {
  const at = (path: string) => `${service.url}${prefix}${path}`;

  it.each(['/healthz', '/readyz', '/metrics', '/api/openapi.json'])('%s is answered', async (path) => {
    expect((await fetch(at(path))).status).toBe(200);
  });

  it.each(['/', '/login', '/apps/ak_1?x=1'])(
    '%s is the page, with the path before its files',
    async (path) => {
      const answer = await fetch(at(path));
      expect(await answer.text()).toContain('src="/im/assets/main.js"');
    },
  );

  it('what is not there is answered as everywhere', async () => {
    const missing = await fetch(at('/api/v1/nope'));
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({
      code: 'not_found',
      detail: 'There is nothing at /api/v1/nope',
    });
    const wrong = await fetch(at('/healthz'), { method: 'POST' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET, HEAD');
  });

  it('a method that no path has is refused with those that the path has', async () => {
    const connection = RawConnection.open(service.url).send(head(`BREW ${prefix}/healthz`));
    expect(await connection.answer()).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    await connection.closed();
  });

  it('an IM server reaches its source', async () => {
    const { url } = await app.client.data<Source>('POST', `${app.base}/sources`, {
      body: { kind: 'openim', name: 'OpenIM' },
    });
    expect(url).toMatch(/^https:\/\/host\.example\/im\/in\/openim\//);
    const answer = await fetch(at(`${url.slice(PUBLIC_URL.length)}/callbackBeforeSendSingleMsgCommand`), {
      method: 'POST',
      body: '{"callbackCommand":"callbackBeforeSendSingleMsgCommand"}',
    });
    expect(await answer.json()).toMatchObject({ actionCode: 0 });
  });
});

it('links and addresses for people begin with PUBLIC_URL', async () => {
  await app.addWebhook('https://receiver.example/');
  const link = await app.client.data<CreatedPortalLink>('POST', `${app.base}/portal-links`, {
    body: { permissions: ['read'], expiresInSeconds: 3_600 },
  });
  expect(link.url).toMatch(/^https:\/\/host\.example\/im\/portal#/);
  const document = (await (await fetch(`${service.url}/im/api/openapi.json`)).json()) as { servers: unknown };
  expect(document.servers).toEqual([{ url: PUBLIC_URL }]);
});
