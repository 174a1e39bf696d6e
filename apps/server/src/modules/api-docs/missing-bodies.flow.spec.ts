/** Checks that routes that need a body say so without one, and that others work without. */
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import type { RouteContract } from '@im/contracts/routes/route';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOneOfEverything, fillPath, type NamedThings } from '../../testing/access-fixture.js';
import type { ApiAnswer } from '../../testing/api-client.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const WITH_BODY = ALL_ROUTES.filter((route) => route.body && !route.isBodyOptional);

let service: TestService;
let things: NamedThings;

beforeAll(async () => {
  service = await startTestService();
  things = await addOneOfEverything(service);
  things.ids.tenantId = (await addTenant(service, 'admin@elsewhere.example.com')).tenantId;
});
afterAll(() => service.stop());

function call(route: RouteContract, body?: unknown): Promise<ApiAnswer> {
  return service.admin.call(route.method, fillPath(route, things.ids), body === undefined ? {} : { body });
}

describe.each(WITH_BODY.map((route) => [route.operationId, route] as const))('%s', (_, route) => {
  it('says what is missing when no body comes', async () => {
    const answer = await call(route);
    expect(answer.status).toBe(422);
    const { errors = [] } = answer.body as { errors?: { pointer: string; code: string }[] };
    expect(errors.length).toBeGreaterThan(0);
    expect(answer.body).toMatchObject({ code: 'invalid_input' });
  });

  it('says the same when only a media type comes', async () => {
    const answer = await service.app.inject({
      method: route.method,
      url: `${route.isOutsideOfApi ? '' : '/api/v1'}${fillPath(route, things.ids)}`,
      headers: { ...service.admin.headers, 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'invalid_input' });
  });

  it('takes null for no object', async () => {
    const answer = await call(route, 'null');
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '', code: 'invalid_type', message: 'must be an object' }] },
    });
  });
});

it('an empty object is a body: where no field is required it changes nothing', async () => {
  const { appKey } = things.app;
  const missing = await service.admin.call('PATCH', `/apps/${appKey}`);
  expect(missing.body).toMatchObject({
    detail: 'The request needs a body; an empty object {} changes nothing',
    errors: [{ pointer: '', code: 'required' }],
  });
  expect((await service.admin.call('PATCH', `/apps/${appKey}`, { body: {} })).status).toBe(200);
});

it('what needs no body needs none', async () => {
  expect((await things.app.call('POST', '/secret/reveal')).status).toBe(200);
});
