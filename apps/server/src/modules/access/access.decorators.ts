import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccessRule, Identity } from './domain/identity.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard on every route that is not public. */
    identity?: Identity;
  }
}

export const ACCESS_RULE = 'access:rule';
export const IS_PUBLIC = 'access:public';

/** Who may call the route. A route with neither this nor `@Public()` is closed to everybody. */
export const Access = (rule: AccessRule) => SetMetadata(ACCESS_RULE, rule);

/** No identity is needed. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

/** The caller, as the access guard found it. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const { identity } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!identity) throw new Error('The route has no identity: it is public or the access guard did not run');
  return identity;
});

export const ALL_ROLES = ['admin', 'developer', 'support'] as const;
export const ADMIN_AND_DEVELOPER = ['admin', 'developer'] as const;
export const ADMIN_ONLY = ['admin'] as const;
