import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CSRF_HEADER, CSRF_HEADER_VALUE } from '@im/contracts/api/auth';
import type { AccessRule } from '@im/contracts/routes/route';
import { SIGNATURE_HEADERS } from '@im/contracts/signature';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV, type Env } from '../../../config/env.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { AppSignatureVerifier } from '../app-signature.verifier.js';
import { isPortalToken, PortalCallers } from '../portal-callers.js';
import { dueBefore, hasScopeFor, mayUse, type Identity } from './domain/identity.js';
import { ResolveApiTokenService } from './resolve-api-token.service.js';
import { ResolveSessionService } from './resolve-session.service.js';
import { sessionTokenOf } from './session-cookie.js';

const BEARER = /^Bearer +(\S+) *$/i;
const SIGNATURE_HEADER = SIGNATURE_HEADERS.signature.toLowerCase();
const READING_METHODS = new Set(['GET', 'HEAD']);

/** Authenticates callers, and checks the route's rule. */
@Injectable()
export class FindCallerService {
  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly sessions: ResolveSessionService,
    private readonly apiTokens: ResolveApiTokenService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @throws DomainError 401, 403 */
  async find(request: FastifyRequest, reply: FastifyReply, rule: AccessRule): Promise<Identity> {
    const identity = await sayingHow(reply, () => {
      if (isSigned(request, rule)) return this.signatures().verify(request);
      return request.identity ?? this.findIdentity(request);
    });
    assertMayUse(identity, rule);
    return identity;
  }

  /**
   * Authenticates by the headers alone.
   *
   * @returns undefined when the body is needed to authenticate
   * @throws DomainError 401, 403
   */
  async findBeforeBody(
    request: FastifyRequest,
    reply: FastifyReply,
    rule: AccessRule,
  ): Promise<Identity | undefined> {
    const identity = await sayingHow(reply, () => {
      if (!isSigned(request, rule)) return this.findIdentity(request);
      this.signatures().assertPlausible(request);
      return undefined;
    });
    if (identity) assertMayUse(identity, rule);
    return identity;
  }

  /**
   * Authenticates by the cached configuration, without a query.
   *
   * @returns undefined: the configuration that is cached does not let the caller in, or is not enough
   */
  findCached({ headers }: FastifyRequest, rule: AccessRule): Identity | undefined {
    const apiToken = BEARER.exec(headers.authorization ?? '')?.[1];
    const identity = apiToken === undefined ? undefined : this.apiTokens.resolveCached(apiToken);
    return identity && mayUse(identity, rule) ? identity : undefined;
  }

  /**
   * Authenticates a request again: for answers that stay open, and when the configuration changed meanwhile.
   *
   * @throws DomainError 401, 403
   */
  async findAgain(request: FastifyRequest, rule: AccessRule): Promise<Identity> {
    const identity = await this.findIdentity(request);
    assertMayUse(identity, rule);
    return identity;
  }

  private signatures(): AppSignatureVerifier {
    return this.moduleRef.get(AppSignatureVerifier, { strict: false });
  }

  /** An explicit credential takes precedence over the cookie, which a browser sends by itself. */
  private findIdentity(request: FastifyRequest): Promise<Identity> {
    const { authorization } = request.headers;
    return authorization === undefined ? this.fromSession(request) : this.fromBearer(authorization);
  }

  private async fromBearer(authorization: string): Promise<Identity> {
    const token = BEARER.exec(authorization)?.[1];
    if (token !== undefined && isPortalToken(token)) return this.fromPortal(token);
    const identity = token === undefined ? undefined : await this.apiTokens.resolve(token);
    if (!identity) throw new DomainError('unauthenticated', 'The API token is unknown, revoked or expired');
    return identity;
  }

  private async fromPortal(accessToken: string): Promise<Identity> {
    const identity = await this.moduleRef.get(PortalCallers, { strict: false }).resolve(accessToken);
    if (!identity) throw new DomainError('unauthenticated', 'The portal link is revoked or expired');
    return identity;
  }

  private async fromSession(request: FastifyRequest): Promise<Identity> {
    const sessionToken = sessionTokenOf(request, this.env);
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

function isSigned({ headers }: FastifyRequest, rule: AccessRule): boolean {
  return (
    headers.authorization === undefined &&
    rule.allowsAppSignature === true &&
    headers[SIGNATURE_HEADER] !== undefined
  );
}

/** RFC 9110 requires every 401 to say how to authenticate. */
async function sayingHow<T>(reply: FastifyReply, find: () => Promise<T> | T): Promise<T> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof DomainError && error.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    throw error;
  }
}

function assertMayUse(identity: Identity, rule: AccessRule): void {
  const due = dueBefore(identity, rule);
  if (due !== null) throw refusalBefore(due);
  if (!mayUse(identity, rule)) throw new DomainError('forbidden', refusalOf(identity, rule));
}

function refusalBefore(due: 'password' | 'second_factor'): DomainError {
  return due === 'password'
    ? new DomainError('password_change_required', 'Another member set your password: change it first')
    : new DomainError(
        'second_factor_setup_required',
        'Your tenant asks for a second factor: set it up first',
      );
}

function refusalOf(identity: Identity, rule: AccessRule): string {
  if (rule.isForOperators) return 'Only operators of this installation may do this';
  if (identity.kind === 'session') return `The role ${identity.role} may not do this`;
  if (identity.kind === 'api_token' && rule.scope) {
    return hasScopeFor(identity, rule)
      ? 'The token is bound to one app; this belongs to all apps of the tenant'
      : `The API token lacks the scope ${rule.scope}`;
  }
  if (identity.kind === 'portal') return 'The portal link does not allow this';
  return 'Only a person who is logged in may do this';
}
