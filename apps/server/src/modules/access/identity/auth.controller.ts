import { Controller, Inject } from '@nestjs/common';
import type { CurrentUser } from '@im/contracts/api/auth';
import type { Single } from '@im/contracts/api/common';
import { authRoutes } from '@im/contracts/routes/auth-routes';
import { ENV, type Env } from '../../../config/env.js';
import { tokenHash } from '../../../platform/crypto/random-token.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access.decorators.js';
import { ChangePasswordService } from './change-password.service.js';
import { SessionsRepository } from './data/sessions.repository.js';
import { UsersRepository } from './data/users.repository.js';
import type { SessionIdentity } from './domain/identity.js';
import { LogInService } from './log-in.service.js';
import { ResolveSessionService } from './resolve-session.service.js';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie.js';

@Controller()
export class AuthController {
  constructor(
    private readonly logIn: LogInService,
    private readonly resolveSession: ResolveSessionService,
    private readonly changePassword: ChangePasswordService,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Route(authRoutes.logIn)
  async login(
    @Input() { body, ipAddress, request, reply }: RouteInput<typeof authRoutes.logIn>,
  ): Promise<Single<CurrentUser>> {
    const { email, password, code } = body;
    const userAgent = request.headers['user-agent'];
    const { sessionToken, user } = await this.logIn.logIn({ email, password, code, ipAddress, userAgent });
    setSessionCookie(reply, sessionToken, this.env);
    return { data: user };
  }

  @Route(authRoutes.logOut)
  async logout(@Input() { request, reply }: RouteInput<typeof authRoutes.logOut>): Promise<void> {
    const sessionToken = sessionTokenOf(request, this.env);
    if (sessionToken !== undefined) await this.sessions.remove(tokenHash(sessionToken));
    clearSessionCookie(reply, this.env);
  }

  @Route(authRoutes.me)
  async me(@Input() { caller }: RouteInput<typeof authRoutes.me>): Promise<Single<CurrentUser>> {
    const user = await this.profileOf(caller);
    if (!user) throw new DomainError('unauthenticated', 'This member no longer exists');
    return { data: user };
  }

  @Route(authRoutes.session)
  async session(
    @Input() { request }: RouteInput<typeof authRoutes.session>,
  ): Promise<Single<CurrentUser | null>> {
    const sessionToken = sessionTokenOf(request, this.env);
    const identity = sessionToken === undefined ? undefined : await this.resolveSession.resolve(sessionToken);
    return { data: identity ? await this.profileOf(identity) : null };
  }

  @Route(authRoutes.changePassword)
  async password(
    @Input() { caller, body, ipAddress, audit }: RouteInput<typeof authRoutes.changePassword>,
  ): Promise<void> {
    await this.changePassword.change({ ...body, identity: caller, ipAddress });
    audit.note({ targetId: caller.userId });
  }

  private async profileOf(identity: SessionIdentity): Promise<CurrentUser | null> {
    const user = await this.users.findProfile(identity.userId);
    const { isOperator, mustSetUpSecondFactor, mustChangePassword } = identity;
    return user ? { ...user, isOperator, mustSetUpSecondFactor, mustChangePassword } : null;
  }
}
