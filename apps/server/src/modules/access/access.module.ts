/** Wires tenants, users, sessions, roles, API tokens and the audit log. */
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExportsModule } from '../../platform/exports/exports.module.js';
import { LimitsModule } from '../../platform/limits/limits.module.js';
import { ApiTokensController } from './identity/api-tokens.controller.js';
import { AuditLogController } from './audit/audit-log.controller.js';
import { AuthController } from './identity/auth.controller.js';
import { AuthenticateGuard } from './identity/authenticate.guard.js';
import { ChangePasswordService } from './identity/change-password.service.js';
import { CheckBeforeBodyService } from './identity/check-before-body.service.js';
import { CreateApiTokenService } from './identity/create-api-token.service.js';
import { CreateMemberService } from './identity/create-member.service.js';
import { ApiTokensRepository } from './identity/data/api-tokens.repository.js';
import { AuditEntriesRepository } from './audit/data/audit-entries.repository.js';
import { AuditSubjectsRepository } from './audit/data/audit-subjects.repository.js';
import { AuditEntryEntity } from './audit/data/audit-entry.entity.js';
import { ChangeMembersRepository } from './identity/data/change-members.repository.js';
import { FirstAdminRepository } from './identity/data/first-admin.repository.js';
import { LoginThrottlesRepository } from './identity/data/login-throttles.repository.js';
import { SessionsRepository } from './identity/data/sessions.repository.js';
import { TenantEntity } from './tenants/data/tenant.entity.js';
import { ApiTokenEntity } from './identity/data/api-token.entity.js';
import { RecoveryCodeEntity } from './identity/data/recovery-code.entity.js';
import { SecondFactorEntity } from './identity/data/second-factor.entity.js';
import { SessionEntity } from './identity/data/session.entity.js';
import { UserEntity } from './identity/data/user.entity.js';
import { UsersRepository } from './identity/data/users.repository.js';
import { ExternalIds } from './external-ids.js';
import { FindAppOfPathGuard } from './find-app-of-path.guard.js';
import { FindByExternalIdGuard } from './find-by-external-id.guard.js';
import { EnsureFirstAdminService } from './identity/ensure-first-admin.service.js';
import { FindCallerService } from './identity/find-caller.service.js';
import { RunCachedService } from './identity/run-cached.service.js';
import { LogInService } from './identity/log-in.service.js';
import { MembersController } from './identity/members.controller.js';
import { FindAuditEntriesService } from './audit/find-audit-entries.service.js';
import { PurgeAuditService } from './audit/purge-audit.service.js';
import { NameAuditSubjectsService } from './audit/name-audit-subjects.service.js';
import { RecordAuditService } from './audit/record-audit.service.js';
import { IdempotentRequestsRepository } from './idempotency/data/idempotent-requests.repository.js';
import { FirstAnswersService } from './idempotency/first-answers.service.js';
import { PurgeIdempotentRequestsService } from './idempotency/purge-idempotent-requests.service.js';
import { RefuseUnknownInputGuard } from './refuse-unknown-input.guard.js';
import { RemoveExpiredSessionsService } from './identity/remove-expired-sessions.service.js';
import { ResetMemberPasswordService } from './identity/reset-member-password.service.js';
import { ResolveApiTokenService } from './identity/resolve-api-token.service.js';
import { ResolveSessionService } from './identity/resolve-session.service.js';
import { ThrottleLoginsService } from './identity/throttle-logins.service.js';
import { VerifyPasswordService } from './identity/verify-password.service.js';
import { OpenSessionService } from './identity/open-session.service.js';
import { SecondFactorsRepository } from './identity/data/second-factors.repository.js';
import { TenantsRepository } from './tenants/data/tenants.repository.js';
import { LogInWithOidcService } from './identity/oidc/log-in-with-oidc.service.js';
import { LoginCookie } from './identity/oidc/login-cookie.js';
import { OidcClient } from './identity/oidc/oidc-client.js';
import { OidcController } from './identity/oidc/oidc.controller.js';
import { RemoveSecondFactorService } from './identity/second-factor/remove-second-factor.service.js';
import { SecondFactorController } from './identity/second-factor/second-factor.controller.js';
import { SetUpSecondFactorService } from './identity/second-factor/set-up-second-factor.service.js';
import { VerifySecondFactorService } from './identity/second-factor/verify-second-factor.service.js';
import { SessionsController } from './identity/sessions.controller.js';
import { CreateTenantService } from './tenants/create-tenant.service.js';
import { OwnTenantController } from './tenants/own-tenant.controller.js';
import { TenantsController } from './tenants/tenants.controller.js';
import { UpdateTenantService } from './tenants/update-tenant.service.js';
import { UpdateApiTokenService } from './identity/update-api-token.service.js';

const repositories = [
  ApiTokensRepository,
  AuditEntriesRepository,
  AuditSubjectsRepository,
  ChangeMembersRepository,
  FirstAdminRepository,
  IdempotentRequestsRepository,
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
    TypeOrmModule.forFeature([
      ApiTokenEntity,
      AuditEntryEntity,
      RecoveryCodeEntity,
      SecondFactorEntity,
      SessionEntity,
      TenantEntity,
      UserEntity,
    ]),
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
    PurgeAuditService,
    PurgeIdempotentRequestsService,
    ...repositories,
    // In this order: who calls, then what they send, then the app it is for, then what is in it.
    { provide: APP_GUARD, useClass: AuthenticateGuard },
    { provide: APP_GUARD, useClass: RefuseUnknownInputGuard },
    { provide: APP_GUARD, useClass: FindAppOfPathGuard },
    { provide: APP_GUARD, useClass: FindByExternalIdGuard },
    ChangePasswordService,
    CheckBeforeBodyService,
    CreateApiTokenService,
    CreateMemberService,
    CreateTenantService,
    EnsureFirstAdminService,
    ExternalIds,
    FindAuditEntriesService,
    FindCallerService,
    FirstAnswersService,
    RunCachedService,
    LogInService,
    LogInWithOidcService,
    LoginCookie,
    NameAuditSubjectsService,
    OidcClient,
    OpenSessionService,
    RecordAuditService,
    RemoveExpiredSessionsService,
    RemoveSecondFactorService,
    ResetMemberPasswordService,
    ResolveApiTokenService,
    ResolveSessionService,
    SetUpSecondFactorService,
    ThrottleLoginsService,
    UpdateApiTokenService,
    UpdateTenantService,
    VerifyPasswordService,
    VerifySecondFactorService,
  ],
  exports: [
    ExternalIds,
    FindAuditEntriesService,
    FindCallerService,
    FirstAnswersService,
    PurgeAuditService,
    PurgeIdempotentRequestsService,
    RecordAuditService,
    RunCachedService,
  ],
})
export class AccessModule {}
