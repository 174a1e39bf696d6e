import { randomBytes } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import type { CreatedApp } from '@im/contracts/api/apps';
import type { StagedSecret } from '@im/contracts/api/secrets';
import { defineRoute } from '@im/contracts/routes/route';
import { signSync } from '@im/contracts/signature-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiAnswer, ApiClient } from '../../testing/api-client.js';
import { addApp } from '../../testing/apps.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { AppsModule } from './apps.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';

const route = {
  method: 'POST',
  tag: 'apps',
  summary: { en: '', zh: '' },
  body: z.unknown(),
  isBodyOptional: true,
  answer: { status: 201, schema: z.unknown() },
} as const;

const signedRoute = defineRoute({
  ...route,
  operationId: 'signed',
  path: '/apps/{appKey}/signed',
  access: { roles: ['admin'], allowsAppSignature: true },
});
const unsignedRoute = defineRoute({
  ...route,
  operationId: 'unsigned',
  path: '/apps/{appKey}/unsigned',
  access: { roles: ['admin'] },
});

/** One route that accepts signatures, and one that does not. */
@Controller()
class SignedRoutesController {
  @Route(signedRoute)
  signed(@Input() { caller, app, body }: RouteInput<typeof signedRoute>) {
    return { data: { caller: actorOf(caller), name: app.name, body } };
  }

  @Route(unsignedRoute)
  unsigned() {
    return { data: null };
  }
}

@Module({ imports: [AppsModule, WebhookConfigsModule], controllers: [SignedRoutesController] })
class SignedRoutesModule {}

let api: TestApi;
let admin: ApiClient;
let app: CreatedApp;

beforeAll(async () => {
  api = await startTestApi([SignedRoutesModule]);
  admin = await api.anonymous.logIn('admin@example.com', 'correct horse battery');
  app = await addApp(admin, { name: 'Signed' });
});

afterAll(async () => {
  await api.stop();
});

const BODY = '{"text": "你好"}';

interface SignedCall {
  appKey?: string;
  secret?: string;
  timestamp?: string;
  nonce?: string;
  signedBody?: string;
  sentBody?: string;
  path?: string;
}

function callSigned(override: SignedCall = {}): Promise<ApiAnswer> {
  const { appKey = app.appKey, secret = app.appSecret, signedBody = BODY, sentBody = BODY } = override;
  const { timestamp = String(Date.now()), nonce = randomBytes(16).toString('hex') } = override;
  return api.anonymous.call('POST', override.path ?? `/apps/${app.appKey}/signed`, {
    ...(sentBody !== '' && { body: sentBody }),
    headers: {
      'x-app-key': appKey,
      'x-app-timestamp': timestamp,
      'x-app-nonce': nonce,
      'x-app-signature': signSync(secret, { appKey, timestamp, nonce }, signedBody),
    },
  });
}

describe('a request signed with the AppSecret', () => {
  it('acts for the app', async () => {
    const answer = await callSigned();
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      data: { caller: `app:${app.appKey}`, name: 'Signed', body: { text: '你好' } },
    });
  });

  it('may have no body', async () => {
    expect((await callSigned({ signedBody: '', sentBody: '' })).status).toBe(201);
  });

  it.each([
    ['another secret', { secret: 'as_wrong' }],
    ['another body', { sentBody: '{"text":"你好"}' }],
    ['an AppKey that does not exist', { appKey: 'ak_aaaaaaaaaaaaaaaaaaaa' }],
    ['an AppKey of no known form', { appKey: 'unknown' }],
    ['a nonce too short', { nonce: '1234567' }],
  ])('is refused with %s, always in the same words', async (_, override) => {
    const answer = await callSigned(override);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.body).toMatchObject({
      code: 'signature_invalid',
      detail: 'The X-App headers do not fit the AppSecret and the body',
    });
  });

  it.each([
    ['too old', -300_001],
    ['too far ahead', 310_000],
  ])('is refused when its timestamp is %s', async (_, offsetMs) => {
    const answer = await callSigned({ timestamp: String(Date.now() + offsetMs) });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: 'timestamp_out_of_window' });
  });

  it('counts once, also when sent many times at once', async () => {
    const nonce = randomBytes(16).toString('hex');
    const timestamp = String(Date.now());
    const answers = await Promise.all(Array.from({ length: 20 }, () => callSigned({ nonce, timestamp })));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    const refused = answers.filter((answer) => answer.status !== 201);
    expect(new Set(refused.map((answer) => (answer.body as { code: string }).code))).toEqual(
      new Set(['nonce_reused']),
    );
    expect((await callSigned({ nonce, timestamp })).body).toMatchObject({ code: 'nonce_reused' });
  });

  it('does not use up its nonce when the signature is wrong', async () => {
    const nonce = randomBytes(16).toString('hex');
    expect((await callSigned({ nonce, secret: 'as_wrong' })).status).toBe(401);
    expect((await callSigned({ nonce })).status).toBe(201);
  });

  it('may use the nonce of another app', async () => {
    const other = await addApp(admin);
    const nonce = randomBytes(16).toString('hex');
    const { appKey, appSecret: secret } = other;
    expect((await callSigned({ nonce })).status).toBe(201);
    expect((await callSigned({ nonce, appKey, secret, path: `/apps/${appKey}/signed` })).status).toBe(201);
  });

  it('opens no other app and no other route', async () => {
    const other = await addApp(admin);
    expect((await callSigned({ path: `/apps/${other.appKey}/signed` })).status).toBe(403);
    expect((await callSigned({ path: `/apps/${app.appKey}/unsigned` })).status).toBe(401);
  });

  it('is worth nothing once the app is deleted', async () => {
    const { appKey, appSecret: secret } = await addApp(admin);
    await admin.call('DELETE', `/apps/${appKey}`);
    expect((await callSigned({ appKey, secret })).body).toMatchObject({ code: 'signature_invalid' });
  });

  it('is not needed with a session', async () => {
    const answer = await admin.call('POST', `/apps/${app.appKey}/signed`, { body: {} });
    expect(answer.body).toMatchObject({ data: { caller: 'admin@example.com' } });
  });
});

describe('while the AppSecret is rotated', () => {
  it('the keys that count at the time are accepted, and no other', async () => {
    const { appKey, appSecret } = await addApp(admin);
    const accepts = async (secret: string) =>
      (await callSigned({ appKey, secret, path: `/apps/${appKey}/signed` })).status === 201;
    const rotate = <T>(step: string, body = {}) =>
      admin.data<T>('POST', `/apps/${appKey}/secret/${step}`, { body });
    api.stopClock();

    const replaced = (await rotate<StagedSecret>('stage')).nextSecret;
    const { nextSecret } = await rotate<StagedSecret>('stage');
    expect(await Promise.all([appSecret, nextSecret, replaced].map(accepts))).toEqual([true, true, false]);
    await rotate('activate', { overlapSeconds: 60 });
    expect(await Promise.all([appSecret, nextSecret].map(accepts))).toEqual([true, true]);
    api.moveClockBy(60_000);
    expect(await Promise.all([appSecret, nextSecret].map(accepts))).toEqual([false, true]);
  });
});
