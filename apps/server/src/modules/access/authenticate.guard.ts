import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CSRF_HEADER, CSRF_HEADER_VALUE } from '@im/contracts/api/auth';
import type { AccessRule } from '@im/contracts/routes/route';
import { SIGNATURE_HEADERS } from '@im/contracts/signature';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/http/domain-error.js';
import { routeContractOf } from './access.decorators.js';
import { AppSignatureVerifier } from './app-signature.verifier.js';
import { isHeldBySecondFactor, mayUse, type Identity } from './domain/identity.js';
import { ResolveApiTokenService } from './resolve-api-token.service.js';
import { ResolveSessionService } from './resolve-session.service.js';
import { sessionTokenOf } from './session-cookie.js';

const BEARER = /^Bearer +(\S+) *$/i;
const SIGNATURE_HEADER = SIGNATURE_HEADERS.signature.toLowerCase();
const READING_METHODS = new Set(['GET', 'HEAD']);

/** Stands before every route: finds out who calls, then whether the route's rule lets them in. */
@Injectable()
export class AuthenticateGuard implements CanActivate {
  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly sessions: ResolveSessionService,
    private readonly apiTokens: ResolveApiTokenService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = routeContractOf(context.getHandler())?.access;
    if (rule === undefined) throw new DomainError('forbidden', 'This route is open to nobody');
    if (rule === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const identity = await this.identify(request, http.getResponse<FastifyReply>(), rule);
    if (isHeldBySecondFactor(identity, rule)) {
      throw new DomainError(
        'second_factor_setup_required',
        'Your tenant asks for a second factor: set it up first',
      );
    }
    if (!mayUse(identity, rule)) throw new DomainError('forbidden', refusalOf(identity, rule));
    request.identity = identity;
    return true;
  }

  private async identify(request: FastifyRequest, reply: FastifyReply, rule: AccessRule): Promise<Identity> {
    try {
      return await this.findIdentity(request, rule);
    } catch (error) {
      // RFC 9110 wants every 401 to say how to authenticate.
      if (error instanceof DomainError && error.status === 401) {
        void reply.header('WWW-Authenticate', 'Bearer');
      }
      throw error;
    }
  }

  /** An explicit credential goes before the cookie, which a browser sends by itself. */
  private async findIdentity(request: FastifyRequest, rule: AccessRule): Promise<Identity> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.fromApiToken(authorization);
    if (rule.allowsAppSignature && request.headers[SIGNATURE_HEADER] !== undefined) {
      return this.moduleRef.get(AppSignatureVerifier, { strict: false }).verify(request);
    }
    return this.fromSession(request);
  }

  private async fromApiToken(authorization: string): Promise<Identity> {
    const apiToken = BEARER.exec(authorization)?.[1];
    const identity = apiToken === undefined ? undefined : await this.apiTokens.resolve(apiToken);
    if (!identity) throw new DomainError('unauthenticated', 'The API token is unknown, revoked or expired');
    return identity;
  }

  private async fromSession(request: FastifyRequest): Promise<Identity> {
    const sessionToken = sessionTokenOf(request);
    const identity = sessionToken === undefined ? undefined : await this.sessions.resolve(sessionToken);
    if (!identity) throw new DomainError('unauthenticated', 'Log in, or send an API token');
    const isForeignWrite =
      !READING_METHODS.has(request.method) &&
      request.headers[CSRF_HEADER.toLowerCase()] !== CSRF_HEADER_VALUE;
    if (isForeignWrite) {
      const detail = `With a session, every write carries ${CSRF_HEADER}: ${CSRF_HEADER_VALUE}`;
      throw new DomainError('csrf_header_missing', detail);
    }
    return identity;
  }
}

function refusalOf(identity: Identity, rule: AccessRule): string {
  if (rule.isForOperators) return 'Only operators of this installation may do this';
  if (identity.kind === 'session') return `The role ${identity.role} may not do this`;
  if (identity.kind === 'api_token' && rule.scope) return `The API token lacks the scope ${rule.scope}`;
  return 'Only a person who is logged in may do this';
}
