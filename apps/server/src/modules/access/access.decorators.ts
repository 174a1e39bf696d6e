/** Ties a handler to its route: who may call it, what it is given and what it has to answer follow from the contract. */
import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  UseInterceptors,
  type ExecutionContext,
} from '@nestjs/common';
import type { AuditAction } from '@im/contracts/api/audit';
import type { RouteContract } from '@im/contracts/routes/route';
import type { ParameterOf, SchemaIn } from '@im/contracts/routes/route-types';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { parseBody, parseQuery } from '../../platform/http-server/parse-input.js';
import type { AppRef } from './app-of-path.js';
import { AuditInterceptor } from './audit/audit.interceptor.js';
import type { RequestAudit } from './audit/request-audit.js';
import type {
  ApiTokenIdentity,
  AppSignatureIdentity,
  Identity,
  SessionIdentity,
} from './identity/domain/identity.js';
import { readPath, type PathParameters } from './read-path.js';
import { nestPathOf, routeContractOf, ServedContract } from './route-contract.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard on every route that is not public; by what looks at the credentials before the body, earlier. */
    identity?: Identity;
  }
}

/** `{[name]: value}`, nothing where there is no such value. */
type Part<Name extends string, Value> = [Value] extends [never] ? unknown : Record<Name, Value>;

/** Without a scope no API token gets in, and without the app's signature no such caller. */
type CallerOf<Access> = Access extends 'public'
  ? never
  : | SessionIdentity
    | (Access extends { scope: string } ? ApiTokenIdentity : never)
    | (Access extends { allowsAppSignature: true } ? AppSignatureIdentity : never);
type AppOf<R extends RouteContract> = 'appKey' extends ParameterOf<R['path']> ? AppRef : never;
type PathOf<R extends RouteContract> = [ParameterOf<R['path']>] extends [never]
  ? never
  : Readonly<Record<ParameterOf<R['path']>, string>>;
type BodyOf<R> = R extends { checksOwnBody: true } ? never : z.output<SchemaIn<R, 'body'>>;
type HeadersOf<R> = R extends { headers: infer Headers }
  ? Readonly<Partial<Record<keyof Headers, string>>>
  : never;
type AuditOf<R> = R extends { audit: infer Declared }
  ? RequestAudit<Extract<Declared extends readonly (infer Action)[] ? Action : Declared, AuditAction>>
  : never;

/** What a handler of the route is given; only what the route has. */
export type RouteInput<R extends RouteContract> = {
  ipAddress: string;
  /** For what the contract does not describe, such as cookies or the bytes of the body. */
  request: FastifyRequest;
  /** For headers of the answer. */
  reply: FastifyReply;
} & Part<'caller', CallerOf<R['access']>> &
  Part<'app', AppOf<R>> &
  Part<'path', PathOf<R>> &
  Part<'query', z.output<SchemaIn<R, 'query'>>> &
  Part<'headers', HeadersOf<R>> &
  Part<'body', BodyOf<R>> &
  Part<'audit', AuditOf<R>>;

/** What a handler may answer: JSON as the contract says, nothing, or a download or stream of its own. */
type Answer<A> = A extends { schema: infer S extends z.ZodType }
  ? z.input<S> | Promise<z.input<S>>
  : A extends { mediaTypes: unknown }
    ? unknown
    : Promise<void>;
type Handler<R extends RouteContract> = (input: RouteInput<R>, ...rest: never[]) => Answer<R['answer']>;

/**
 * Makes the method serve the route: verb, path, status, who may call it and what the audit log says come from the
 * contract, and what it takes and returns is checked against it. A route that Nest knows by other means is closed.
 */
export function Route<const R extends RouteContract>(contract: R) {
  const serve = applyDecorators(
    RequestMapping({ method: RequestMethod[contract.method], path: nestPathOf(contract.path) }),
    HttpCode(contract.answer.status),
    ServedContract(contract),
    ...(contract.audit === undefined ? [] : [UseInterceptors(AuditInterceptor)]),
  );
  return <T extends Handler<R>>(
    target: object,
    key: string | symbol,
    method: TypedPropertyDescriptor<T>,
  ): void => {
    serve(target, key, method);
  };
}

/** What the route takes, read and checked once; the method's parameter is its {@link RouteInput}. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const contract = routeContractOf(context.getHandler());
  if (!contract) throw new Error('Only a route has input');
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  return {
    ipAddress: request.ip,
    request,
    reply: http.getResponse<FastifyReply>(),
    caller: request.identity,
    app: request.appOfPath,
    path: readPath(request.params as PathParameters),
    query: contract.query && parseQuery(contract.query, request.query),
    headers: contract.headers && readHeaders(contract.headers, request),
    body: contract.body && !contract.checksOwnBody ? parseBody(contract.body, request.body) : undefined,
    audit: request.audit,
  };
});

function readHeaders(named: object, { headers }: FastifyRequest): Record<string, unknown> {
  return Object.fromEntries(Object.keys(named).map((name) => [name, headers[name.toLowerCase()]]));
}
