import type { ApiToken } from '@im/contracts/api/api-tokens';
import type { Page, Single } from '@im/contracts/api/common';
import type { Webhook } from '@im/contracts/api/webhooks';
import { apiTokenRoutes, memberRoutes } from '@im/contracts/routes/access-routes';
import { authRoutes } from '@im/contracts/routes/auth-routes';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import { eventRoutes } from '@im/contracts/routes/event-routes';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { Input, Route, type RouteInput } from './access.decorators.js';
import type { AppRef } from './app-of-path.js';
import type { RequestAudit } from './audit/request-audit.js';
import type { ApiTokenIdentity, AppSignatureIdentity, SessionIdentity } from './identity/domain/identity.js';
import { routeContractOf } from './route-contract.js';

const { get, update, delete: remove } = webhookRoutes;

describe('what a handler is given', () => {
  it('has the types of its route, and nothing that the route has not', () => {
    type Update = RouteInput<typeof update>;
    expectTypeOf<Update['path']>().toEqualTypeOf<Readonly<Record<'appKey' | 'webhookId', string>>>();
    expectTypeOf<Update['app']>().toEqualTypeOf<AppRef>();
    expectTypeOf<Update['body']['timeoutMs']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Update['audit']>().toEqualTypeOf<RequestAudit<'webhook.updated'>>();
    expectTypeOf<Update['headers']>().toEqualTypeOf<Readonly<Partial<Record<'If-Match', string>>>>();
    expectTypeOf<Update>().not.toHaveProperty('query');
    expectTypeOf<RouteInput<typeof get>>().not.toHaveProperty('audit');
    expectTypeOf<RouteInput<typeof get>>().not.toHaveProperty('body');
    expectTypeOf<RouteInput<typeof memberRoutes.list>>().not.toHaveProperty('app');
    expectTypeOf<RouteInput<typeof memberRoutes.list>['query']['limit']>().toEqualTypeOf<number>();
  });

  it('has a caller of a kind that the route is open to', () => {
    expectTypeOf<RouteInput<typeof authRoutes.logIn>>().not.toHaveProperty('caller');
    expectTypeOf<RouteInput<typeof authRoutes.me>['caller']>().toEqualTypeOf<SessionIdentity>();
    expectTypeOf<RouteInput<typeof update>['caller']>().toEqualTypeOf<SessionIdentity | ApiTokenIdentity>();
    expectTypeOf<RouteInput<typeof eventRoutes.submit>['caller']>().toEqualTypeOf<
      SessionIdentity | ApiTokenIdentity | AppSignatureIdentity
    >();
  });

  it('has no body where the route checks it by itself', () => {
    expectTypeOf<RouteInput<typeof eventRoutes.submit>>().not.toHaveProperty('body');
  });
});

describe('a handler', () => {
  const never = () => new Promise<never>(() => undefined);

  it('serves its route when it takes and answers what the route says', () => {
    class Handlers {
      @Route(get)
      one(@Input() { path }: RouteInput<typeof get>): Promise<Single<Webhook>> {
        expect(path).toBeDefined();
        return never();
      }
      @Route(remove)
      remove(): Promise<void> {
        return never();
      }
      @Route(deliveryRoutes.export)
      download(): string {
        return '';
      }
    }
    expect(routeContractOf(Reflect.get(Handlers.prototype, 'one') as object)).toBe(get);
  });

  it('is a type error when it answers or takes something else', () => {
    class Handlers {
      // @ts-expect-error a page is no single webhook
      @Route(get)
      page(): Promise<Page<Webhook>> {
        return never();
      }
      // @ts-expect-error another thing than the route's
      @Route(get)
      token(): Promise<Single<ApiToken>> {
        return never();
      }
      // @ts-expect-error a field has another type
      @Route(get)
      field(): Promise<{ data: Omit<Webhook, 'timeoutMs'> & { timeoutMs: string } }> {
        return never();
      }
      // @ts-expect-error nothing is answered
      @Route(get)
      nothing(): Promise<void> {
        return never();
      }
      // @ts-expect-error 204 has no body
      @Route(remove)
      removed(): Promise<Single<Webhook>> {
        return never();
      }
      // @ts-expect-error no such parameter of the path
      @Route(get)
      path({ path }: { path: { hookId: string } }): Promise<Single<Webhook>> {
        return path.hookId === '' ? never() : never();
      }
      // @ts-expect-error the body of another route
      @Route(update)
      body(_: RouteInput<typeof apiTokenRoutes.create>): Promise<Single<Webhook>> {
        return never();
      }
      // @ts-expect-error the route takes no body
      @Route(get)
      noBody({ body }: { body: object }): Promise<Single<Webhook>> {
        return Object.keys(body).length === 0 ? never() : never();
      }
      // @ts-expect-error the route is not audited
      @Route(get)
      audit({ audit }: { audit: RequestAudit }): Promise<Single<Webhook>> {
        return audit instanceof Object ? never() : never();
      }
      // @ts-expect-error an API token has no email
      @Route(update)
      caller({ caller }: { caller: SessionIdentity }): Promise<Single<Webhook>> {
        return caller.email === '' ? never() : never();
      }
    }
    expect(routeContractOf(Reflect.get(Handlers.prototype, 'page') as object)).toBe(get);
  });

  it('notes only what its route declares', () => {
    const note = (audit: RouteInput<typeof update>['audit']): void => {
      audit.note({ action: 'webhook.updated' });
      // @ts-expect-error an action of another route
      audit.note({ action: 'webhook.deleted' });
    };
    expect(note).toBeTypeOf('function');
  });
});
