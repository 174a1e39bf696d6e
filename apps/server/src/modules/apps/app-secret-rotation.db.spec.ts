import type { App, AppSummary } from '@im/contracts/api/apps';
import type { MemberWithPassword } from '@im/contracts/api/members';
import type { StagedAppSecret } from '@im/contracts/api/apps';
import type { SecretRotation } from '@im/contracts/api/secrets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { addApp } from '../../testing/apps.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { addTenant } from '../../testing/tenants.js';
import { AppsModule } from './apps.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';

const DAY_MS = 86_400_000;
const NO_ROTATION: SecretRotation = { isStaged: false, stagedAt: null, previousExpiresAt: null };

let api: TestApi;
let admin: ApiClient;

beforeAll(async () => {
  api = await startTestApi([AppsModule, WebhookConfigsModule]);
  api.stopClock();
  admin = await api.anonymous.logIn('admin@example.com', 'correct horse battery');
});

afterAll(async () => {
  await api.stop();
});

const stage = (appKey: string) => admin.data<StagedAppSecret>('POST', `/apps/${appKey}/secret/stage`);
const activate = (appKey: string, body = {}) =>
  admin.data<SecretRotation>('POST', `/apps/${appKey}/secret/activate`, { body });

async function rotationOf(appKey: string): Promise<SecretRotation> {
  return (await admin.data<App>('GET', `/apps/${appKey}`)).secretRotation;
}

async function currentSecretOf(appKey: string): Promise<string> {
  return (await admin.data<{ appSecret: string }>('POST', `/apps/${appKey}/secret/reveal`)).appSecret;
}

describe('an AppSecret', () => {
  it('is staged next to the current one, shown once, and sealed', async () => {
    const { appKey, appSecret, secretRotation } = await addApp(admin);
    expect(secretRotation).toEqual(NO_ROTATION);
    const staged = await stage(appKey);
    expect(staged.nextSecret).toMatch(/^as_[\w-]{43}$/);
    expect(staged.secretRotation).toMatchObject({ isStaged: true, previousExpiresAt: null });
    expect(await rotationOf(appKey)).toEqual(staged.secretRotation);
    expect(await currentSecretOf(appKey)).toBe(appSecret);
    expect((await admin.call('GET', '/apps')).text).not.toContain('as_');
    const [row] = await api.database.query<{ sealed: Buffer }>(
      'SELECT next_secret_ciphertext AS sealed FROM apps WHERE app_key = $1',
      [appKey],
    );
    expect(row!.sealed.toString('latin1')).not.toContain(staged.nextSecret.slice(3));
  });

  it('is replaced by the one staged last, and stays valid for a day by default', async () => {
    const { appKey } = await addApp(admin);
    await stage(appKey);
    const { nextSecret, secretRotation } = await stage(appKey);
    const activated = await activate(appKey);
    expect(activated).toEqual({
      isStaged: false,
      stagedAt: null,
      previousExpiresAt: new Date(Date.parse(secretRotation.stagedAt!) + DAY_MS).toISOString(),
    });
    expect(await currentSecretOf(appKey)).toBe(nextSecret);
    const [newest] = await admin.data<AppSummary[]>('GET', '/apps?limit=1');
    expect(newest!.secretRotation).toEqual(activated);
  });

  it.each([
    ['at once', 0, 0],
    ['at the end of the overlap', 60, 60_000],
  ])('is retired %s', async (_, overlapSeconds, waitMs) => {
    const { appKey } = await addApp(admin);
    await stage(appKey);
    await activate(appKey, { overlapSeconds });
    api.moveClockBy(waitMs);
    expect(await rotationOf(appKey)).toEqual(NO_ROTATION);
  });

  it('cannot be replaced by nothing', async () => {
    const { appKey, appSecret } = await addApp(admin);
    const answer = await admin.call('POST', `/apps/${appKey}/secret/activate`);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'conflict' });
    expect(await currentSecretOf(appKey)).toBe(appSecret);
  });

  it.each([-1, 1.5, 2_592_001, '60'])('is not replaced with an overlap of %j', async (overlapSeconds) => {
    const { appKey } = await addApp(admin);
    await stage(appKey);
    const body = { overlapSeconds };
    const answer = await admin.call('POST', `/apps/${appKey}/secret/activate`, { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/overlapSeconds' }] });
    expect(await rotationOf(appKey)).toMatchObject({ isStaged: true });
  });

  it('leaves its rotation in the audit log, and no secret', async () => {
    const { appKey } = await addApp(admin);
    const { nextSecret } = await stage(appKey);
    await activate(appKey, { overlapSeconds: 60 });
    const audit = await admin.call('GET', `/audit-log?appKey=${appKey}`);
    expect(audit.body).toMatchObject({
      data: [
        { action: 'app.secret_activated', detail: { overlapSeconds: 60 } },
        { action: 'app.secret_staged' },
        { action: 'app.created' },
      ],
    });
    expect(audit.text).not.toContain(nextSecret);
  });
});

describe('an AppSecret is rotated', () => {
  it.each(['developer', 'support'])('by no %s', async (role) => {
    const { appKey } = await addApp(admin);
    const email = `${role}@example.com`;
    const member = await admin.data<MemberWithPassword>('POST', '/members', { body: { email, role } });
    const client = await api.anonymous.logIn(email, member.temporaryPassword!);
    for (const step of ['stage', 'activate']) {
      expect((await client.call('POST', `/apps/${appKey}/secret/${step}`)).status).toBe(403);
    }
  });

  it('by no member of another tenant', async () => {
    const { appKey } = await addApp(admin);
    const other = await addTenant(api, 'stranger@example.org');
    for (const step of ['stage', 'activate']) {
      expect((await other.admin.call('POST', `/apps/${appKey}/secret/${step}`)).status).toBe(404);
    }
  });
});
