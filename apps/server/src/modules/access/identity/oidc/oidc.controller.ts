import { Controller, Inject } from '@nestjs/common';
import type { AuthMethods, SsoFailure } from '@im/contracts/api/auth';
import type { Single } from '@im/contracts/api/common';
import { oidcRoutes } from '@im/contracts/routes/oidc-routes';
import type { FastifyReply } from 'fastify';
import { basePathOf } from '../../../../config/base-path.js';
import { ENV, type Env } from '../../../../config/env.js';
import { isDatabaseUnavailable } from '../../../../platform/database/database-errors.js';
import { DomainError } from '../../../../platform/errors/domain-error.js';
import { Logger } from '../../../../platform/logging/logger.js';
import { Input, Route, type RouteInput } from '../../access.decorators.js';
import { consolePath } from '../domain/console-path.js';
import { setSessionCookie } from '../session-cookie.js';
import { LogInWithOidcService } from './log-in-with-oidc.service.js';
import { LoginCookie } from './login-cookie.js';
import { OIDC_PATH, OidcClient } from './oidc-client.js';
import { SsoRefused } from './sso-refused.js';

/** Takes the browser through single sign-on, which always ends on a page of the console, also after a failure. */
@Controller()
export class OidcController {
  constructor(
    private readonly oidc: OidcClient,
    private readonly cookie: LoginCookie,
    private readonly logInWithOidc: LogInWithOidcService,
    private readonly logger: Logger,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Route(oidcRoutes.methods)
  methods(): Single<AuthMethods> {
    const oidc = { label: this.env.OIDC_LABEL, url: `${this.basePath()}${OIDC_PATH}/login` };
    return { data: { password: true, oidc: this.oidc.isConfigured ? oidc : null } };
  }

  @Route(oidcRoutes.logIn)
  async login(@Input() { query, reply }: RouteInput<typeof oidcRoutes.logIn>): Promise<void> {
    this.assertConfigured();
    await this.landOn(reply, async () => {
      const { url, checks } = await this.oidc.begin();
      this.cookie.set(reply, { ...checks, redirect: consolePath(query.redirect) });
      return url;
    });
  }

  @Route(oidcRoutes.callback)
  async callback(
    @Input() { query, ipAddress, request, reply }: RouteInput<typeof oidcRoutes.callback>,
  ): Promise<void> {
    this.assertConfigured();
    await this.landOn(reply, async () => {
      const login = this.cookie.take(request, reply);
      if (query.error === 'access_denied') throw new SsoRefused('denied');
      if (!login || login.state !== query.state) throw new SsoRefused('expired');
      const { redirect, ...checks } = login;
      const claims = await this.oidc.finish(new URL(request.url, 'http://localhost').search, checks);
      const userAgent = request.headers['user-agent'];
      const sessionToken = await this.logInWithOidc.logIn(claims, { ipAddress, userAgent });
      setSessionCookie(reply, sessionToken, this.env);
      return `${this.basePath()}${redirect}`;
    });
  }

  /** Pages and cookies are those of the browser, which sees the whole path. */
  private basePath(): string {
    return basePathOf(this.env.PUBLIC_URL);
  }

  private assertConfigured(): void {
    if (!this.oidc.isConfigured) throw new DomainError('not_found', 'Single sign-on is not set up here');
  }

  private async landOn(reply: FastifyReply, find: () => Promise<string>): Promise<void> {
    try {
      void reply.header('Location', await find());
    } catch (error) {
      const reason = reasonOf(error);
      // The cause of the library's errors may contain claims, the code or a token, so it is not logged.
      const message = error instanceof Error ? error.message : 'unknown';
      this.logger.warn('oidc.login_refused', { reason, message });
      void reply.header('Location', `${this.basePath()}/login?sso=${reason}`);
    }
  }
}

function reasonOf(error: unknown): SsoFailure {
  if (error instanceof SsoRefused) return error.reason;
  if (isDatabaseUnavailable(error)) return 'unavailable';
  const { code } = error as { code?: unknown };
  // Errors of fetch without an answer, and of the library for timeouts and 5xx.
  const isAway = error instanceof TypeError && error.message === 'fetch failed';
  return isAway || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'
    ? 'unavailable'
    : 'failed';
}
