import { Body, Controller, Get, HttpCode, Inject, Ip, Post, Req, Res } from '@nestjs/common';
import { changePasswordRequestSchema, loginRequestSchema, type CurrentUser } from '@im/contracts/api/auth';
import type { Single } from '@im/contracts/api/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV, type Env } from '../../config/env.js';
import { tokenHash } from '../../platform/crypto/random-token.js';
import { DomainError } from '../../platform/http/domain-error.js';
import { parseBody } from '../../platform/http/parse-input.js';
import { Access, ALL_ROLES, Caller, Public } from './access.decorators.js';
import { ChangePasswordService } from './change-password.service.js';
import { SessionsRepository } from './data/sessions.repository.js';
import { UsersRepository } from './data/users.repository.js';
import type { SessionIdentity } from './domain/identity.js';
import { LogInService } from './log-in.service.js';
import { SESSION_COOKIE, sessionCookieOptions, sessionTokenOf } from './session-cookie.js';

/** Its rules name no scope, so the caller of a closed route here always has a session. */
@Controller('auth')
export class AuthController {
  constructor(
    private readonly logIn: LogInService,
    private readonly changePassword: ChangePasswordService,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Post('login')
  @Public()
  @HttpCode(200)
  async login(
    @Body() body: unknown,
    @Ip() ipAddress: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Single<CurrentUser>> {
    const { email, password } = parseBody(loginRequestSchema, body);
    const userAgent = request.headers['user-agent'];
    const { sessionToken, user } = await this.logIn.logIn({ email, password, ipAddress, userAgent });
    reply.setCookie(SESSION_COOKIE, sessionToken, sessionCookieOptions(this.env));
    return { data: user };
  }

  @Post('logout')
  @Access({ roles: ALL_ROLES })
  @HttpCode(204)
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const sessionToken = sessionTokenOf(request);
    if (sessionToken !== undefined) await this.sessions.remove(tokenHash(sessionToken));
    reply.clearCookie(SESSION_COOKIE, sessionCookieOptions(this.env));
  }

  @Get('me')
  @Access({ roles: ALL_ROLES })
  async me(@Caller() identity: SessionIdentity): Promise<Single<CurrentUser>> {
    const user = await this.users.findProfile(identity.userId);
    if (!user) throw new DomainError('unauthenticated', 'This member no longer exists');
    return { data: user };
  }

  @Post('password')
  @Access({ roles: ALL_ROLES })
  @HttpCode(204)
  async password(
    @Caller() identity: SessionIdentity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const change = parseBody(changePasswordRequestSchema, body);
    const sessionToken = sessionTokenOf(request) ?? '';
    await this.changePassword.change({ ...change, identity, sessionToken, ipAddress });
  }
}
