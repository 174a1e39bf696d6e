import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { uuidV7 } from '../../../../platform/crypto/random-pool.js';
import { ENV, type Env } from '../../../../config/env.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { isUniqueViolation } from '../../../../platform/database/database-errors.js';
import { DomainError } from '../../../../platform/errors/domain-error.js';
import { Logger } from '../../../../platform/logging/logger.js';
import { ChangeMembersRepository } from '../data/change-members.repository.js';
import { TenantsRepository } from '../../tenants/data/tenants.repository.js';
import type { User } from '../data/user.entity.js';
import { UsersRepository } from '../data/users.repository.js';
import { personOf, roleOf, type OidcPerson } from '../domain/oidc-claims.js';
import { OpenSessionService } from '../open-session.service.js';
import { RecordAuditService } from '../../audit/record-audit.service.js';
import { VerifyPasswordService } from '../verify-password.service.js';
import type { OidcClaims } from './oidc-client.js';
import { SsoRefused } from './sso-refused.js';

export interface OidcCaller {
  ipAddress: string;
  userAgent: string | undefined;
}

/**
 * Opens a session for a person whom the identity provider authenticated. The provider serves one tenant: members of
 * others cannot log in this way, even if it claims their email.
 */
@Injectable()
export class LogInWithOidcService {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly users: UsersRepository,
    private readonly members: ChangeMembersRepository,
    private readonly passwords: VerifyPasswordService,
    private readonly openSession: OpenSessionService,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @returns the token for the cookie @throws SsoRefused */
  async logIn(claims: OidcClaims, caller: OidcCaller): Promise<string> {
    const person = personOf(claims);
    if (!person) throw new SsoRefused('no_email');
    const tenantId = await this.findTenantId();
    const role = this.roleFromClaims(claims);
    const known = await this.users.findByEmail(person.email);
    if (known && known.tenantId !== tenantId) throw new SsoRefused('unknown_member');
    if (known) this.assertMayLogIn(known, caller);
    if (await this.tenants.isSuspended(tenantId)) throw new SsoRefused('suspended');
    const member = known
      ? await this.follow(known, role, caller)
      : await this.add(tenantId, person, role, caller);
    return this.openSession.open(member, { method: 'oidc', ...caller });
  }

  private async findTenantId(): Promise<string> {
    const tenantId = this.env.OIDC_TENANT ?? (await this.tenants.findFirstId());
    const tenant = tenantId === undefined ? undefined : await this.tenants.find(tenantId);
    if (tenant) return tenant.tenantId;
    this.logger.warn('oidc.tenant_missing', { advice: 'OIDC_TENANT names no tenant of this installation' });
    throw new SsoRefused('failed');
  }

  private roleFromClaims(claims: OidcClaims): User['role'] | undefined {
    const { OIDC_ROLE_CLAIM, OIDC_ROLE_MAP } = this.env;
    return OIDC_ROLE_CLAIM === undefined ? undefined : roleOf(claims, OIDC_ROLE_CLAIM, OIDC_ROLE_MAP);
  }

  private assertMayLogIn(member: User, { ipAddress }: OidcCaller): void {
    if (!member.isDisabled) return;
    this.audit.noteFailedLogin(member, ipAddress, 'disabled');
    throw new SsoRefused('disabled');
  }

  /** The provider's role applies at every login, but not to operators. */
  private async follow(
    member: User,
    role: User['role'] | undefined,
    { ipAddress }: OidcCaller,
  ): Promise<User> {
    if (role === undefined || role === member.role || member.isOperator) return member;
    const { tenantId, userId, email } = member;
    const detail: Record<string, unknown> = { email, role, by: 'oidc' };
    try {
      const changed = await this.members.update({ tenantId, isOperator: false }, userId, { role });
      if (changed && changed.revokedApiTokens.length > 0) detail.revokedApiTokens = changed.revokedApiTokens;
    } catch (error) {
      // The last admin keeps the role, so that it can be corrected.
      if (error instanceof DomainError && error.code === 'conflict') return member;
      throw error;
    }
    await this.audit.recordOf(member, { action: 'member.updated', ipAddress, detail });
    return { ...member, role };
  }

  private async add(
    tenantId: string,
    { email, name }: OidcPerson,
    role: User['role'] = this.env.OIDC_DEFAULT_ROLE,
    { ipAddress }: OidcCaller,
  ): Promise<User> {
    if (!this.env.OIDC_CREATE_MEMBERS) throw new SsoRefused('unknown_member');
    const member: User = {
      userId: uuidV7(),
      tenantId,
      email,
      name,
      // A random one: this member logs in through the provider, or after an admin has set a password.
      passwordHash: await this.passwords.hash(randomBytes(32).toString('base64')),
      mustChangePassword: false,
      role,
      isDisabled: false,
      isOperator: false,
      lastLoginAt: null,
      createdAt: this.clock.now(),
    };
    try {
      await this.users.insert(member);
    } catch (error) {
      // The same person in another tab was first; trying again finds the member.
      if (isUniqueViolation(error, 'users_email_key')) throw new SsoRefused('failed', { cause: error });
      throw error;
    }
    const detail = { email, role, by: 'oidc' };
    await this.audit.recordOf(member, { action: 'member.created', ipAddress, detail });
    return member;
  }
}
