import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef, type AbstractHttpAdapter } from '@nestjs/core';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { authRoutes } from '@im/contracts/routes/auth-routes';
import { eventRoutes } from '@im/contracts/routes/event-routes';
import { fullPathOf, type AccessRule } from '@im/contracts/routes/route';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { addressBlockOf } from '../../../platform/http-server/address-block.js';
import type { BodyOwner } from '../../../platform/http-server/body-memory.js';
import { hasBody } from '../../../platform/http-server/body-reader.js';
import { LoopSlices } from '../../../platform/limits/loop-slices.js';
import { nestPathOf } from '../route-contract.js';
import { AppOfPath } from '../app-of-path.js';
import type { Identity } from './domain/identity.js';
import { FindCallerService } from './find-caller.service.js';
import { ThrottleLoginsService } from './throttle-logins.service.js';

/** By method and path as the router knows it. */
const RULES = new Map(
  ALL_ROUTES.flatMap((route): [string, AccessRule][] => {
    const { method, access } = route;
    return access === 'public' ? [] : [[`${method} ${nestPathOf(fullPathOf(route))}`, access]];
  }),
);

/** Routes whose handlers check the version of the configuration themselves, with `RunCachedService`. */
const CACHED = new Set(
  [eventRoutes.submit, eventRoutes.submitBatch].map(
    (route) => `${route.method} ${nestPathOf(fullPathOf(route))}`,
  ),
);

const LOG_IN = `${authRoutes.logIn.method} ${nestPathOf(fullPathOf(authRoutes.logIn))}`;

/**
 * Checks the credentials of a request before its body is read: a body without valid ones takes no memory, and one with
 * them is charged to its app. Excess logins are refused here.
 */
@Injectable()
export class CheckBeforeBodyService implements OnModuleInit {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly moduleRef: ModuleRef,
    private readonly callers: FindCallerService,
    private readonly logins: ThrottleLoginsService,
    private readonly slices: LoopSlices,
  ) {}

  onModuleInit(): void {
    // An application context, such as a command's, has no server.
    const adapter = this.adapterHost.httpAdapter as AbstractHttpAdapter | undefined;
    adapter?.getInstance<FastifyInstance>().addHook('onRequest', (request, reply, done) => {
      const route = hasBody(request) ? `${request.method} ${request.routeOptions.url ?? ''}` : '';
      const rule = RULES.get(route);
      if (!rule && route !== LOG_IN) {
        done();
        return;
      }
      const checked = rule ? this.check(request, reply, rule, CACHED.has(route)) : this.admitLogin(request);
      checked.then(
        () => {
          done();
        },
        (error: unknown) => {
          done(error as Error);
        },
      );
    });
  }

  /** Yields to the event loop between many logins, so that other requests do not wait for all of them. */
  private async admitLogin({ ip }: FastifyRequest): Promise<void> {
    await this.slices.next(`logins:${addressBlockOf(ip)}`);
    this.logins.assertAdmits(ip);
  }

  private async check(
    request: FastifyRequest,
    reply: FastifyReply,
    rule: AccessRule,
    mayBeCached: boolean,
  ): Promise<void> {
    const cached = mayBeCached ? this.callers.findCached(request, rule) : undefined;
    if (cached && (await this.isAdmitted(cached, request))) return;
    const identity = await this.callers.findBeforeBody(request, reply, rule);
    if (!identity) return;
    request.identity = identity;
    request.bodyOwner = await this.ownerOf(identity, request);
  }

  /** Whether the cached configuration lets the caller to the app; if it does not, the present one is asked. */
  private async isAdmitted(identity: Identity, request: FastifyRequest): Promise<boolean> {
    try {
      request.bodyOwner = await this.ownerOf(identity, request);
      request.identity = identity;
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  private async ownerOf(identity: Identity, { params }: FastifyRequest): Promise<BodyOwner> {
    const { appKey } = params as { appKey?: string };
    if (appKey === undefined) return { key: `tenant:${identity.tenantId}`, isVerified: true };
    const { appId } = await this.moduleRef.get(AppOfPath, { strict: false }).forCaller(identity, appKey);
    return { key: `app:${appId}`, isVerified: true };
  }
}
