/** Binds a handler to its route: access, input and answer follow from the contract. */
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
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import type { RequestAudit } from './audit/request-audit.js';
import type {
  ApiTokenIdentity,
  AppSignatureIdentity,
  Identity,
  PortalIdentity,
  SessionIdentity,
} from './identity/domain/identity.js';
import { readPath, type PathParameters } from './read-path.js';
import { nestPathOf, routeContractOf, ServedContract } from './route-contract.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard on every route that is not public, or earlier by the check before the body is read. */
    identity?: Identity;
  }
}

/** `{[name]: value}`, or nothing if the value is `never`. */
type Part<Name extends string, Value> = [Value] extends [never] ? unknown : Record<Name, Value>;

/** API tokens need a scope on the route, app signatures `allowsAppSignature`, portal links a permission. */
type CallerOf<Access> = Access extends 'public'
  ? never
  : | SessionIdentity
    | (Access extends { scope: string } ? ApiTokenIdentity : never)
    | (Access extends { allowsAppSignature: true } ? AppSignatureIdentity : never)
    | (Access extends { portal: string } ? PortalIdentity : never);
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

/** The input of a handler: the parts that its route has. */
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

/** The answer of a handler: JSON as in the contract, nothing, or a download or stream. */
type Answer<A> = A extends { schema: infer S extends z.ZodType }
  ? z.input<S> | Promise<z.input<S>>
  : A extends { mediaTypes: unknown }
    ? unknown
    : Promise<void>;
/** Of a route with two answers: its handler sets the status of the other one. */
type EitherAnswer<R> = R extends {
  answer: { schema: infer S extends z.ZodType };
  otherAnswer: { schema: infer Other extends z.ZodType };
}
  ? Promise<z.input<S> | z.input<Other>>
  : never;
type Handler<R extends RouteContract> = (
  input: RouteInput<R>,
  ...rest: never[]
) => Answer<R['answer']> | EitherAnswer<R>;

/**
 * Serves the route with the method: verb, path, status, access and audit come from the contract, and the method's input
 * and answer are checked against it. A handler without a contract refuses every caller.
 */
export function Route<const R extends RouteContract>(contract: R) {
  const serve = applyDecorators(
    RequestMapping({ method: RequestMethod[contract.method], path: nestPathOf(contract.path) }),
    HttpCode(contract.answer.status),
    ServedContract(contract),
    // A repeated answer is not audited again.
    ...(contract.idempotency === undefined ? [] : [UseInterceptors(IdempotencyInterceptor)]),
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

/** Reads and validates the input of the route; the parameter's type is its {@link RouteInput}. */
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
