/** Calls every documented route successfully; the client compares each answer with the document. */
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import type { RouteContract } from '@im/contracts/routes/route';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addOneOfEverything, fillPath, type NamedThings } from '../../testing/access-fixture.js';
import type { ApiAnswer, ApiClient } from '../../testing/api-client.js';
import { eventually, fixedRetry } from '../../testing/app-under-test.js';
import { addPortalLink } from '../../testing/portal.js';
import { walkWith, type WalkContext, type WalkStep } from '../../testing/route-walk.js';
import { ADMIN_LOGIN, startTestService, type TestService } from '../../testing/test-service.js';

/** Streams, redirects to a provider, and what is public outside of the API have specs of their own. */
const ELSEWHERE = new Set([
  ...['watchApp', 'watchTunnel', 'answerTunnelRequest'],
  ...['beginOidcLogin', 'finishOidcLogin'],
]);
const MEMBER = { memberEmail: 'member@walk.example.com', memberPassword: 'a long enough password' };

let service: TestService;
let things: NamedThings;
let clients: Record<'admin' | 'member' | 'anonymous', ApiClient>;
let context: WalkContext;

beforeAll(async () => {
  service = await startTestService();
  const { admin, anonymous } = service;
  things = await addOneOfEverything(service);
  await things.app.post();
  const { webhookId } = await things.app.addWebhook('http://127.0.0.1:9/', {
    // Sent now, it fails once more and still waits.
    retryPolicy: fixedRetry(9, 600_000),
  });
  things.ids.webhookId = webhookId;
  const { eventId } = await things.app.post();
  const waiting = await eventually(async () =>
    (await things.app.deliveries(`?eventId=${eventId}&status=pending`)).find(
      ({ attempts }) => attempts === 1,
    ),
  );
  clients = { admin, anonymous, member: (await addMember(MEMBER.memberEmail)).client };
  const guarded = await addMember('guarded@walk.example.com');
  const { secret } = await guarded.client.data<{ secret: string }>('POST', '/auth/totp');
  await guarded.client.data('POST', '/auth/totp/confirm', { body: { code: codeOf(secret) } });
  await anonymous.logIn(...ADMIN_LOGIN);
  const sessions = await admin.data<{ sessionId: string; isCurrent: boolean }[]>('GET', '/auth/sessions');
  const spareSessionId = sessions.find(({ isCurrent }) => !isCurrent)?.sessionId ?? '';
  const { sourceId: openimSourceId } = await admin.data<{ sourceId: string }>(
    'POST',
    `${things.app.base}/sources`,
    { body: { kind: 'openim', name: 'OpenIM' } },
  );
  const { token: portalToken } = await addPortalLink(things.app);
  context = {
    ...MEMBER,
    portalToken,
    openimSourceId,
    waitingDeliveryId: waiting.deliveryId,
    guardedMemberId: guarded.memberId,
    spareSessionId,
  };
});
afterAll(() => service.stop());

it('answers as documented and records what the routes declare, from the first read to the last delete', async () => {
  const steps = walkWith(context);
  const refused: string[] = [];
  let secret = '';
  let spareWebhookId = '';
  for (const step of steps) {
    const route = routeOf(step.operationId);
    const body: unknown = step.body === 'code' ? { code: codeOf(secret) } : step.body;
    const ids = step.operationId === 'deleteFamiliarWebhook' ? { webhookId: spareWebhookId } : step.ids;
    const answer = await call(route, { ...step, body, ...(ids && { ids }) });
    if (answer.status !== route.answer.status) {
      refused.push(`${route.operationId}: ${answer.status} ${answer.text.slice(0, 300)}`);
    }
    const data = dataOf(answer);
    if (step.operationId === 'startRecovery') things.ids.recoveryId = String(data.recoveryId);
    if (step.operationId === 'createFamiliarWebhook') spareWebhookId = webhookIdOf(answer);
    if (step.operationId === 'createTenant') things.ids.tenantId = String(data.tenantId);
    if (step.operationId === 'beginSecondFactor') secret = String(data.secret);
  }
  expect(refused).toEqual([]);
  const walked = steps.map(({ operationId }) => operationId);
  const documented = ALL_ROUTES.filter(
    ({ isOutsideOfApi, access, operationId }) =>
      !(isOutsideOfApi && access === 'public') && !ELSEWHERE.has(operationId),
  );
  expect(walked.sort()).toEqual(documented.map(({ operationId }) => operationId).sort());
  const entries = await service.database.query<{ action: string }>('SELECT action FROM audit_entries');
  const recorded = new Set(entries.map(({ action }) => action));
  expect(ALL_ROUTES.flatMap(({ audit }) => audit ?? []).filter((action) => !recorded.has(action))).toEqual(
    [],
  );
}, 120_000);

async function addMember(email: string): Promise<{ memberId: string; client: ApiClient }> {
  const password = MEMBER.memberPassword;
  const body = { email, password, role: 'developer' };
  const { memberId } = await service.admin.data<{ memberId: string }>('POST', '/members', { body });
  return { memberId, client: await service.anonymous.logIn(email, password) };
}

function codeOf(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}

function call(route: RouteContract, { as = 'admin', body, query = '', ids }: WalkStep): Promise<ApiAnswer> {
  const path = fillPath(route, { ...things.ids, ...ids }) + query;
  return clients[as].call(route.method, path, body === undefined ? {} : { body });
}

function routeOf(operationId: string): RouteContract {
  const route = ALL_ROUTES.find((one) => one.operationId === operationId);
  if (!route) throw new Error(`${operationId} is no route`);
  return route;
}

function webhookIdOf({ body }: ApiAnswer): string {
  return (body as { webhook_id: string }).webhook_id;
}

function dataOf({ body }: ApiAnswer): Record<string, unknown> {
  return (body as { data?: Record<string, unknown> } | undefined)?.data ?? {};
}
