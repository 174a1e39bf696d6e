/** Tenants, users, sessions, roles, API tokens and the audit log: who calls, and may they? */
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExportsModule } from '../../platform/exports/exports.module.js';
import { LimitsModule } from '../../platform/limits/limits.module.js';
import { ApiTokensController } from './api-tokens.controller.js';
import { AuditLogController } from './audit-log.controller.js';
import { AuthController } from './auth.controller.js';
import { AuthenticateGuard } from './authenticate.guard.js';
import { ChangePasswordService } from './change-password.service.js';
import { CheckBeforeBodyService } from './check-before-body.service.js';
import { CreateApiTokenService } from './create-api-token.service.js';
import { CreateMemberService } from './create-member.service.js';
import { ApiTokensRepository } from './data/api-tokens.repository.js';
import { AuditEntriesRepository } from './data/audit-entries.repository.js';
import { AuditEntryEntity } from './data/audit-entry.entity.js';
import { ChangeMembersRepository } from './data/change-members.repository.js';
import { FirstAdminRepository } from './data/first-admin.repository.js';
import { LoginThrottlesRepository } from './data/login-throttles.repository.js';
import { SessionsRepository } from './data/sessions.repository.js';
import { TenantEntity } from './data/tenant.entity.js';
import { UserEntity } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { DeleteMemberService } from './delete-member.service.js';
import { EnsureFirstAdminService } from './ensure-first-admin.service.js';
import { FindCallerService } from './find-caller.service.js';
import { LogInService } from './log-in.service.js';
import { MembersController } from './members.controller.js';
import { RecordAuditService } from './record-audit.service.js';
import { RefuseUnknownInputGuard } from './refuse-unknown-input.guard.js';
import { RemoveExpiredSessionsService } from './remove-expired-sessions.service.js';
import { ResetMemberPasswordService } from './reset-member-password.service.js';
import { ResolveApiTokenService } from './resolve-api-token.service.js';
import { ResolveSessionService } from './resolve-session.service.js';
import { RevokeApiTokenService } from './revoke-api-token.service.js';
import { ThrottleLoginsService } from './throttle-logins.service.js';
import { UpdateMemberService } from './update-member.service.js';
import { VerifyPasswordService } from './verify-password.service.js';
import { EndSessionsService } from './end-sessions.service.js';
import { OpenSessionService } from './open-session.service.js';
import { SecondFactorsRepository } from './data/second-factors.repository.js';
import { TenantsRepository } from './data/tenants.repository.js';
import { LogInWithOidcService } from './oidc/log-in-with-oidc.service.js';
import { LoginCookie } from './oidc/login-cookie.js';
import { OidcClient } from './oidc/oidc-client.js';
import { OidcController } from './oidc/oidc.controller.js';
import { RemoveSecondFactorService } from './second-factor/remove-second-factor.service.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SetUpSecondFactorService } from './second-factor/set-up-second-factor.service.js';
import { VerifySecondFactorService } from './second-factor/verify-second-factor.service.js';
import { SessionsController } from './sessions.controller.js';
import { CreateTenantService } from './tenants/create-tenant.service.js';
import { OwnTenantController } from './tenants/own-tenant.controller.js';
import { TenantsController } from './tenants/tenants.controller.js';
import { UpdateTenantService } from './tenants/update-tenant.service.js';
import { UpdateApiTokenService } from './update-api-token.service.js';

const repositories = [
  ApiTokensRepository,
  AuditEntriesRepository,
  ChangeMembersRepository,
  FirstAdminRepository,
  LoginThrottlesRepository,
  SecondFactorsRepository,
  SessionsRepository,
  TenantsRepository,
  UsersRepository,
];

@Module({
  imports: [
    ExportsModule,
    LimitsModule,
    TypeOrmModule.forFeature([AuditEntryEntity, TenantEntity, UserEntity]),
  ],
  controllers: [
    ApiTokensController,
    AuditLogController,
    AuthController,
    MembersController,
    OidcController,
    OwnTenantController,
    SecondFactorController,
    SessionsController,
    TenantsController,
  ],
  providers: [
    ...repositories,
    // In this order: who calls, then what they send.
    { provide: APP_GUARD, useClass: AuthenticateGuard },
    { provide: APP_GUARD, useClass: RefuseUnknownInputGuard },
    ChangePasswordService,
    CheckBeforeBodyService,
    CreateApiTokenService,
    CreateMemberService,
    CreateTenantService,
    DeleteMemberService,
    EndSessionsService,
    EnsureFirstAdminService,
    FindCallerService,
    LogInService,
    LogInWithOidcService,
    LoginCookie,
    OidcClient,
    OpenSessionService,
    RecordAuditService,
    RemoveExpiredSessionsService,
    RemoveSecondFactorService,
    ResetMemberPasswordService,
    ResolveApiTokenService,
    ResolveSessionService,
    RevokeApiTokenService,
    SetUpSecondFactorService,
    ThrottleLoginsService,
    UpdateApiTokenService,
    UpdateMemberService,
    UpdateTenantService,
    VerifyPasswordService,
    VerifySecondFactorService,
  ],
  exports: [FindCallerService, RecordAuditService],
})
export class AccessModule {}
