/** Creates one of everything that a path can name, for tests of all routes. */
import { randomBytes } from 'node:crypto';
import type { ApiTokenScope } from '@im/contracts/api/api-tokens';
import { PORTAL_PERMISSIONS, scopesOfMember, TENANT_WIDE_SCOPES } from '@im/contracts/api/access-constants';
import { ALL_ROLES, pathParametersOf, type RouteContract } from '@im/contracts/routes/route';
import { signSync } from '@im/contracts/signature-node';
import { SIGNATURE_HEADERS } from '@im/contracts/signature';
import type { ApiAnswer, ApiCall, ApiClient } from './api-client.js';
import { AppUnderTest, fixedRetry } from './app-under-test.js';
import { addApiToken, addApp } from './apps.js';
import { CallbackReceiver } from './callback-receiver.js';
import { addPortalLink, openPortal } from './portal.js';
import type { TestService } from './test-service.js';

export interface NamedThings {
  app: AppUnderTest;
  /** By the name of the path parameter. */
  ids: Record<string, string>;
}

/** An id of nothing: authorised callers get 404, others 403. */
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

/** The route's path with each parameter replaced. @throws Error when the fixture lacks one */
export function fillPath(route: RouteContract, ids: Record<string, string>): string {
  let path: string = route.path;
  for (const name of pathParametersOf(route.path)) {
    const id = ids[name];
    if (id === undefined) throw new Error(`The access fixture has nothing for {${name}} of ${route.path}`);
    path = path.replace(`{${name}}`, encodeURIComponent(id));
  }
  return path;
}

/** The route's path with unknown ids. */
export function emptyPath(route: RouteContract): string {
  return fillPath(
    route,
    Object.fromEntries(pathParametersOf(route.path).map((name) => [name, unknownValue(name)])),
  );
}

function unknownValue(name: string): string {
  return name === 'appKey' ? 'ak_unknown' : UNKNOWN_ID;
}

/** An app of the admin's tenant with one of each thing in it. */
export async function addOneOfEverything(service: Pick<TestService, 'admin'>): Promise<NamedThings> {
  const app = new AppUnderTest(service.admin, await addApp(service.admin));
  const receiver = await CallbackReceiver.start();
  receiver.answerWith(500);
  const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  const { eventId } = await app.post();
  const [delivery] = await app.settled(eventId);
  const { alertId } = await app.alert('delivery_exhausted', {});
  await receiver.stop();
  const { recoveryId } = await app.client.data<{ recoveryId: string }>(
    'POST',
    `${app.base}/webhooks/${webhookId}/recover`,
    { body: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', status: 'failed' } },
  );
  const member = await service.admin.data<{ memberId: string }>('POST', '/members', {
    body: { email: `${app.appKey}@example.com`, role: 'support' },
  });
  const [session] = await service.admin.data<{ sessionId: string }[]>('GET', '/auth/sessions');
  const { name: eventName } = await service.admin.data<{ name: string }>('POST', '/event-types', {
    body: { name: 'order.paid', schema: {}, example: {} },
  });
  const { tokenId } = await addApiToken(service.admin, ['events:write']);
  const { linkId } = await addPortalLink(app);
  const { channelId } = await service.admin.data<{ channelId: string }>('POST', '/notification-channels', {
    body: { kind: 'slack', name: 'Ops', url: 'http://127.0.0.1:9/' },
  });
  const sourceId = await addSource(app);
  const { tunnelId } = await app.client.data<{ tunnelId: string }>('POST', `${app.base}/tunnels`);
  return {
    app,
    ids: {
      appKey: app.appKey,
      webhookId,
      eventId,
      deliveryId: delivery?.deliveryId ?? '',
      alertId,
      recoveryId,
      channelId,
      memberId: member.memberId,
      sessionId: session?.sessionId ?? '',
      sourceId,
      tokenId,
      linkId,
      eventName,
      packName: 'trae',
      tunnelId,
      requestId: UNKNOWN_ID,
    },
  };
}

/** A bot of DooTask that messages can be sent as. */
async function addSource(app: AppUnderTest): Promise<string> {
  const settings = { address: 'http://127.0.0.1:9', botToken: 'bot-token-of-the-fixture' };
  const body = { kind: 'dootask', name: 'Bot', settings };
  const { sourceId } = await app.client.data<{ sourceId: string }>('POST', `${app.base}/sources`, { body });
  return sourceId;
}

export interface NamedCaller {
  name: string;
  call: (method: RouteContract['method'], path: string, body: string) => Promise<ApiAnswer>;
}

/** A session of each role. */
export async function addRoleCallers(service: TestService): Promise<NamedCaller[]> {
  return Promise.all(
    ALL_ROLES.map(async (role) => {
      const email = `${role}@access.example.com`;
      const password = 'a long enough password';
      await service.admin.data('POST', '/members', { body: { email, role, password } });
      return callerOf(role, await service.anonymous.logIn(email, password));
    }),
  );
}

/** A token of each scope alone that the tenant's admin can give; to one app: of those that can be bound to one. */
export async function addTokenCallers(
  service: TestService,
  override: Record<string, unknown> = {},
): Promise<NamedCaller[]> {
  const { isOperator } = await service.admin.data<{ isOperator: boolean }>('GET', '/auth/me');
  return Promise.all(
    scopesFor(override, isOperator).map(async (scope: ApiTokenScope) => {
      const { token } = await addApiToken(service.admin, [scope], override);
      return callerOf(scope, service.anonymous.withToken(token));
    }),
  );
}

function scopesFor({ appKey }: Record<string, unknown>, isOperator: boolean): ApiTokenScope[] {
  const scopes = scopesOfMember({ role: 'admin', isOperator });
  return appKey === undefined ? scopes : scopes.filter((scope) => !TENANT_WIDE_SCOPES.includes(scope));
}

/** A portal link to all webhooks of an app for each permission, which reading goes with. */
export async function addPortalCallers(app: AppUnderTest, anonymous: ApiClient): Promise<NamedCaller[]> {
  return Promise.all(
    PORTAL_PERMISSIONS.map(async (permission) => {
      const link = await addPortalLink(app, { permissions: [...new Set(['read', permission])] });
      return callerOf(`portal:${permission}`, await openPortal(anonymous, link));
    }),
  );
}

export function callerOf(name: string, client: ApiClient): NamedCaller {
  return { name, call: (method, path, body) => client.call(method, path, withBody(method, body)) };
}

/** A caller with the AppSecret. */
export function signatureCaller(app: AppUnderTest, anonymous: ApiClient): NamedCaller {
  return {
    name: 'signature',
    call: (method, path, body) => {
      const text = method === 'GET' ? '' : body;
      const input = {
        appKey: app.appKey,
        timestamp: String(Date.now()),
        nonce: randomBytes(16).toString('hex'),
      };
      const headers = {
        [SIGNATURE_HEADERS.appKey]: input.appKey,
        [SIGNATURE_HEADERS.timestamp]: input.timestamp,
        [SIGNATURE_HEADERS.nonce]: input.nonce,
        [SIGNATURE_HEADERS.signature]: signSync(app.appSecret, input, text),
      };
      return anonymous.call(method, path, { ...withBody(method, body), headers });
    },
  };
}

function withBody(method: RouteContract['method'], body: string): ApiCall {
  return method === 'GET' ? {} : { body };
}
