import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import type { RouteContract } from '@im/contracts/routes/route';
import type { FastifyRequest } from 'fastify';
import type { Identity } from './identity/domain/identity.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard on every route that is not public; by what looks at the credentials before the body, earlier. */
    identity?: Identity;
  }
}

const ROUTE_CONTRACT = 'route:contract';

/**
 * Makes the method serve the route: its verb, path, status and who may call it come from the contract. A method
 * without it is no route, and one that Nest knows by other means is closed to everybody.
 */
export const Route = (contract: RouteContract) =>
  applyDecorators(
    RequestMapping({ method: RequestMethod[contract.method], path: nestPathOf(contract.path) }),
    HttpCode(contract.answer.status),
    SetMetadata(ROUTE_CONTRACT, contract),
  );

/** The contract that a handler serves; undefined when it serves none. */
export function routeContractOf(handler: object): RouteContract | undefined {
  return Reflect.getMetadata(ROUTE_CONTRACT, handler) as RouteContract | undefined;
}

/** `/apps/{appKey}` as Nest writes it: `/apps/:appKey`. */
export function nestPathOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** The caller, as the access guard found it. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const { identity } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!identity) throw new Error('The route has no identity: it is public or the access guard did not run');
  return identity;
});
