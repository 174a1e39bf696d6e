/** Checks every route × every kind of caller × another tenant against the hand-written table of who may do what. */
import { Reflector, ModulesContainer } from '@nestjs/core';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { pathParametersOf, type RouteContract } from '@im/contracts/routes/route';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addOneOfEverything,
  addPortalCallers,
  addRoleCallers,
  addTokenCallers,
  callerOf,
  emptyPath,
  fillPath,
  signatureCaller,
  type NamedCaller,
  type NamedThings,
} from '../../testing/access-fixture.js';
import { ACCESS_MATRIX, accessRowOf } from '../../testing/access-matrix.js';
import type { ApiAnswer } from '../../testing/api-client.js';
import { AppUnderTest } from '../../testing/app-under-test.js';
import { addApp } from '../../testing/apps.js';
import { addTenant } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { routeContractOf } from './route-contract.js';

/** What is public outside of the API is covered where it is served. */
const API_ROUTES = ALL_ROUTES.filter((route) => route.isOutsideOfApi !== true || route.access !== 'public');
/** Their webhooks belong to an app, which the path does not name. */
const OF_ONE_APP = /^\/(apps\/\{appKey\}|api\/webhooks\/)/;
/** Ends the session it is called with. */
const ENDS_SESSIONS = new Set(['logOut']);

let service: TestService;
let things: NamedThings;
let callers: NamedCaller[];
let foreigners: NamedCaller[];
/** Tokens of this tenant for another app. */
let bound: NamedCaller[];
/** Portal links of this tenant to another app. */
let portals: NamedCaller[];

beforeAll(async () => {
  service = await startTestService();
  things = await addOneOfEverything(service);
  callers = [
    callerOf('anonymous', service.anonymous),
    callerOf('operator', service.admin),
    ...(await addRoleCallers(service)),
    ...(await addTokenCallers(service)),
    signatureCaller(things.app, service.anonymous),
    ...(await addPortalCallers(things.app, service.anonymous)),
  ];
  const other = await addTenant(service, 'admin@elsewhere.example.com');
  const elsewhere = { ...service, admin: other.admin };
  const otherApp = new AppUnderTest(service.admin, await addApp(service.admin));
  portals = await addPortalCallers(otherApp, service.anonymous);
  const appElsewhere = new AppUnderTest(other.admin, await addApp(other.admin));
  foreigners = [
    callerOf('admin', other.admin),
    ...(await addTokenCallers(elsewhere)),
    ...(await addPortalCallers(appElsewhere, service.anonymous)),
  ];
  bound = await addTokenCallers(service, { appKey: otherApp.appKey });
});

afterAll(() => service.stop());

describe('the table', () => {
  it('has a row for each route and no others', () => {
    const operationIds = ALL_ROUTES.map((route) => route.operationId);
    expect(Object.keys(ACCESS_MATRIX).sort()).toEqual([...operationIds].sort());
    expect(new Set(operationIds).size).toBe(operationIds.length);
  });

  it('covers what the server listens to', () => {
    const reflector = service.app.get(Reflector);
    const served = [...service.app.get(ModulesContainer).values()]
      .flatMap((module) => [...module.controllers.values()])
      .flatMap(({ metatype }) => handlersOf(metatype as { prototype: object }))
      .filter((handler) => reflector.get<unknown>(PATH_METADATA, handler) !== undefined)
      .map((handler) => routeContractOf(handler)?.operationId ?? `${handler.name} without a contract`);
    expect(served.sort()).toEqual(ALL_ROUTES.map((route) => route.operationId).sort());
  });
});

describe.each(named(API_ROUTES))('%s', (_, route) => {
  it('is open only to those in the table', async () => {
    const row = accessRowOf(route.operationId);
    for (const caller of callersOf(route)) {
      const answer = await caller.call(route.method, emptyPath(route), '{}');
      expect(`${caller.name}: ${verdictOf(answer)}`).toBe(`${caller.name}: ${expectedOf(caller.name, row)}`);
    }
  });
});

describe.each(named(API_ROUTES.filter(namesThings).filter(isWithinTenant)))('%s', (_, route) => {
  it('hides what belongs to another tenant', async () => {
    const admitted = foreigners.filter(({ name }) => isAdmitted(name, accessRowOf(route.operationId)));
    expect(admitted).not.toEqual([]);
    for (const caller of admitted) {
      const answer = await caller.call(route.method, fillPath(route, things.ids), '{}');
      expect(`${caller.name}: ${answer.status}`).toBe(`${caller.name}: 404`);
    }
  });
});

describe.each(named(API_ROUTES.filter((route) => !namesThings(route) && route.method === 'GET')))(
  '%s',
  (_, route) => {
    it('shows another tenant nothing of this one', async () => {
      for (const caller of foreigners.filter(({ name }) =>
        isAdmitted(name, accessRowOf(route.operationId)),
      )) {
        const { text } = await caller.call(route.method, route.path, '');
        const { packName: _ofAll, ...ids } = things.ids;
        expect(Object.values(ids).filter((id) => text.includes(id))).toEqual([]);
      }
    });
  },
);

describe.each(named(API_ROUTES.filter((route) => OF_ONE_APP.test(route.path) && scopesOf(route).length > 0)))(
  '%s',
  (_, route) => {
    it('refuses a token that is bound to another app', async () => {
      for (const caller of bound.filter(({ name }) => scopesOf(route).includes(name))) {
        const { status } = await caller.call(route.method, fillPath(route, things.ids), '{}');
        expect(`${caller.name}: ${status}`).toBe(`${caller.name}: 403`);
      }
    });
  },
);

describe.each(named(API_ROUTES.filter(isForWholeTenant)))('%s', (_, route) => {
  it('refuses tokens that are bound to an app, whatever their scopes', async () => {
    for (const caller of bound) {
      const { status } = await caller.call(route.method, emptyPath(route), '{}');
      expect(`${caller.name}: ${status}`).toBe(`${caller.name}: 403`);
    }
  });
});

describe.each(named(API_ROUTES.filter(({ operationId }) => accessRowOf(operationId).portal)))(
  '%s',
  (_, route) => {
    it('hides an app from portal links to another one', async () => {
      for (const caller of portals.filter(({ name }) => isAdmitted(name, accessRowOf(route.operationId)))) {
        const { status } = await caller.call(route.method, fillPath(route, things.ids), '{}');
        expect(`${caller.name}: ${status}`).toBe(`${caller.name}: 404`);
      }
    });
  },
);

function named(routes: RouteContract[]): [string, RouteContract][] {
  return routes.map((route) => [route.operationId, route]);
}

/** Of a tenant: packs of event types are the service's own. */
function namesThings({ path }: RouteContract): boolean {
  return pathParametersOf(path).some((name) => name !== 'packName');
}

/** Operators see other tenants, but nothing inside them. */
function isWithinTenant({ access }: RouteContract): boolean {
  return access === 'public' || !access.isForOperators;
}

function scopesOf({ operationId }: RouteContract): string[] {
  return accessRowOf(operationId).scopes;
}

/** Of the whole tenant, so closed to tokens that are bound to one app. */
function isForWholeTenant({ access }: RouteContract): boolean {
  return access !== 'public' && access.isForWholeTenant === true;
}

function isAdmitted(name: string, row: ReturnType<typeof accessRowOf>): boolean {
  return row.isPublic || hasRole(name, row) || row.scopes.includes(name) || isOpenedByPortal(name, row);
}

/** An operator is an admin with more rights. */
function hasRole(name: string, { roles }: ReturnType<typeof accessRowOf>): boolean {
  return roles.includes(name) || (name === 'operator' && roles.includes('admin'));
}

/** With each permission goes reading. */
function isOpenedByPortal(name: string, { portal }: ReturnType<typeof accessRowOf>): boolean {
  return (
    portal !== undefined && (name === portal || (portal === 'portal:read' && name.startsWith('portal:')))
  );
}

/** Calls that end their caller's session have a test of their own. */
function callersOf(route: RouteContract): NamedCaller[] {
  if (!ENDS_SESSIONS.has(route.operationId)) return callers;
  return callers.filter(({ name }) => !['operator', 'admin', 'developer', 'support'].includes(name));
}

function verdictOf({ status, body }: ApiAnswer): string {
  const { code } = (body ?? {}) as { code?: string };
  if (status === 401 && code === 'unauthenticated') return 'unknown';
  return status === 403 ? 'refused' : 'admitted';
}

function expectedOf(name: string, row: ReturnType<typeof accessRowOf>): string {
  if (row.isPublic) return 'admitted';
  if (name === 'anonymous') return 'unknown';
  if (name === 'signature') return row.allowsSignature ? 'admitted' : 'unknown';
  return isAdmitted(name, row) ? 'admitted' : 'refused';
}

function handlersOf({ prototype }: { prototype: object }): ((...parameters: unknown[]) => unknown)[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name]) => name !== 'constructor')
    .map(([, { value }]) => value as unknown)
    .filter((value): value is (...parameters: unknown[]) => unknown => typeof value === 'function');
}
