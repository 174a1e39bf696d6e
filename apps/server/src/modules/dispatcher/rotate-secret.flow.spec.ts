import type { App } from '@im/contracts/api/apps';
import type { MemberWithPassword } from '@im/contracts/api/members';
import type { SecretRotation, StagedSecret } from '@im/contracts/api/secrets';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from '../../platform/clock/clock.js';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver, type ReceivedCallback } from '../../testing/callback-receiver.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const OVERLAP_SECONDS = 3_600;
const CURRENT = 'x-app-signature';
const NEXT = 'x-app-signature-next';
const PREVIOUS = 'x-app-signature-previous';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let movedMs = 0;

beforeAll(async () => {
  service = await startTestService();
  vi.spyOn(service.app.get(Clock), 'nowMs').mockImplementation(() => Date.now() + movedMs);
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

function stage(path: string, body: Record<string, unknown> = {}): Promise<StagedSecret> {
  return app.client.data('POST', `${app.base}${path}/stage`, { body });
}

function activate(path: string, overlapSeconds = OVERLAP_SECONDS): Promise<SecretRotation> {
  return app.client.data('POST', `${app.base}${path}/activate`, { body: { overlapSeconds } });
}

/** What a receiver that holds this one key makes of the next callback. */
async function signaturesFor(key: string): Promise<ReceivedCallback['signatures'] | undefined> {
  receiver.key = key;
  await app.deliver();
  return receiver.callbacks.at(-1)?.signatures;
}

describe('without a moment in which a receiver that holds one key must refuse,', () => {
  it.each<[string, string | undefined, (webhookId: string) => string]>([
    ['an AppSecret is replaced', undefined, () => '/secret'],
    ['a webhook’s secret is replaced', 'own secret', (webhookId) => `/webhooks/${webhookId}/secret`],
    [
      'a webhook goes over from the AppSecret to its own',
      undefined,
      (webhookId) => `/webhooks/${webhookId}/secret`,
    ],
  ])('%s', async (_name, ownSecret, pathOf) => {
    const { webhookId } = await app.addWebhook(receiver.url, { secret: ownSecret });
    const path = pathOf(webhookId);
    const oldSecret = ownSecret ?? app.appSecret;
    expect(await signaturesFor(oldSecret)).toEqual({ sent: [CURRENT], fitting: [CURRENT] });

    const { nextSecret, secretRotation } = await stage(path);
    expect(secretRotation).toMatchObject({ isStaged: true, previousExpiresAt: null });
    expect(await signaturesFor(oldSecret)).toEqual({ sent: [CURRENT, NEXT], fitting: [CURRENT] });
    expect(await signaturesFor(nextSecret)).toEqual({ sent: [CURRENT, NEXT], fitting: [NEXT] });

    const activated = await activate(path);
    expect(activated).toMatchObject({ isStaged: false, stagedAt: null });
    expect(await signaturesFor(nextSecret)).toEqual({ sent: [CURRENT, PREVIOUS], fitting: [CURRENT] });
    expect(await signaturesFor(oldSecret)).toEqual({ sent: [CURRENT, PREVIOUS], fitting: [PREVIOUS] });

    movedMs += OVERLAP_SECONDS * 1000;
    expect(await signaturesFor(nextSecret)).toEqual({ sent: [CURRENT], fitting: [CURRENT] });
  });
});

describe('a webhook’s rotation', () => {
  it('is shown with the webhook, which keeps the secrets to itself', async () => {
    const { webhookId, secretRotation } = await app.addWebhook(receiver.url, { secret: 'own secret' });
    expect(secretRotation).toEqual({ isStaged: false, stagedAt: null, previousExpiresAt: null });
    const staged = await stage(`/webhooks/${webhookId}/secret`, { secret: 'the chosen one' });
    expect(staged.nextSecret).toBe('the chosen one');
    expect(await app.webhook(webhookId)).toMatchObject({ secretRotation: staged.secretRotation });
    const activated = await activate(`/webhooks/${webhookId}/secret`);
    expect(await app.webhook(webhookId)).toMatchObject({ hasSecret: true, secretRotation: activated });
    expect((await app.call('GET', '/webhooks')).text).not.toMatch(/the chosen one|own secret/);
    const audit = await service.admin.call('GET', `/audit-log?appKey=${app.appKey}`);
    expect(audit.text).not.toContain('the chosen one');
    expect(audit.body).toMatchObject({
      data: [
        { action: 'webhook.secret_activated', targetId: webhookId, detail: { overlapSeconds: 3_600 } },
        { action: 'webhook.secret_staged', targetId: webhookId },
        { action: 'webhook.created' },
        { action: 'app.created' },
      ],
    });
  });

  it('makes and shows secrets in the form of the scheme it signs by', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { signature: 'standard-webhooks' });
    const made = await stage(`/webhooks/${webhookId}/secret`);
    expect(made.nextSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made).toMatchObject({ standardWebhooksSecret: made.nextSecret });
    const chosen = await stage(`/webhooks/${webhookId}/secret`, { secret: 'chosen' });
    expect(chosen).toMatchObject({ nextSecret: 'chosen', standardWebhooksSecret: 'whsec_Y2hvc2Vu' });
  });

  it('leaves the app and its other webhooks alone', async () => {
    const { webhookId } = await app.addWebhook('http://127.0.0.1:9/', { enabled: false });
    await app.addWebhook(receiver.url);
    await stage(`/webhooks/${webhookId}/secret`);
    const { eventId } = await app.post();
    await app.settled(eventId);
    expect(receiver.callbacks.map(({ signatures }) => signatures.sent)).toEqual([[CURRENT]]);
    expect(await app.client.data<App>('GET', app.base)).toMatchObject({
      secretRotation: { isStaged: false },
    });
  });

  it.each([
    ['another secret', 'set at once', 'set at once'],
    ['none', null, undefined],
  ])('ends when a change sets %s at once', async (_, secret, key) => {
    const { webhookId } = await app.addWebhook(receiver.url, { secret: 'own secret' });
    const path = `/webhooks/${webhookId}/secret`;
    await stage(path);
    await activate(path);
    await stage(path);
    const changed = await app.changeWebhook(webhookId, { secret });
    expect(changed.secretRotation).toEqual({ isStaged: false, stagedAt: null, previousExpiresAt: null });
    expect(await signaturesFor(key ?? app.appSecret)).toEqual({ sent: [CURRENT], fitting: [CURRENT] });
    expect((await app.call('POST', `${path}/activate`)).status).toBe(409);
  });

  it('survives a change that leaves the secret alone', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { secret: 'own secret' });
    const { nextSecret } = await stage(`/webhooks/${webhookId}/secret`);
    await app.changeWebhook(webhookId, { name: 'renamed', secret: '' });
    expect(await signaturesFor(nextSecret)).toEqual({ sent: [CURRENT, NEXT], fitting: [NEXT] });
  });

  it.each([
    ['developer', 200],
    ['support', 403],
  ])('is for a %s answered with %i', async (role, status) => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const email = `${role}@example.com`;
    const body = { email, role };
    const member = await service.admin.data<MemberWithPassword>('POST', '/members', { body });
    const client = await service.anonymous.logIn(email, member.temporaryPassword!);
    for (const step of ['stage', 'activate']) {
      const path = `${app.base}/webhooks/${webhookId}/secret/${step}`;
      expect((await client.call('POST', path)).status).toBe(status);
    }
  });

  it.each([
    ['stage', { secret: 'a\nb' }, '/secret'],
    ['stage', { secret: 'whsec_*' }, '/secret'],
    ['activate', { overlapSeconds: 2_592_001 }, '/overlapSeconds'],
  ])('does not %s with %j', async (step, body, pointer) => {
    const { webhookId } = await app.addWebhook(receiver.url, { signature: 'standard-webhooks' });
    const answer = await app.call('POST', `/webhooks/${webhookId}/secret/${step}`, { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it('retires the old secret at once when no overlap is wanted', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const { nextSecret } = await stage(`/webhooks/${webhookId}/secret`);
    expect(await activate(`/webhooks/${webhookId}/secret`, 0)).toMatchObject({ previousExpiresAt: null });
    expect(await signaturesFor(nextSecret)).toEqual({ sent: [CURRENT], fitting: [CURRENT] });
  });
});
