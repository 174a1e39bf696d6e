import { Body, Controller, Inject, Ip, Param, Query } from '@nestjs/common';
import type { AuditAction } from '@im/contracts/api/audit';
import type { Page, Single } from '@im/contracts/api/common';
import type { Recovery } from '@im/contracts/api/recoveries';
import { recoveryRoutes } from '@im/contracts/routes/recovery-routes';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import { parseBody, parseId, parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveWebhookService, type ResolvedWebhook } from '../webhook-configs/resolve-webhook.service.js';
import { RecoveriesRepository, type RecoveryChange, type RecoveryRow } from './data/recoveries.repository.js';
import { presentRecovery } from './present-recovery.js';
import { StartRecoveryService } from './start-recovery.service.js';

/** Who changes a recovery, where it stands, and from where the call comes. */
interface ChangeCall {
  caller: Identity;
  appKey: string;
  webhookId: string;
  recoveryId: string;
  ipAddress: string;
}

const AUDITED = {
  pause: 'recovery.paused',
  resume: 'recovery.resumed',
  cancel: 'recovery.canceled',
} as const satisfies Record<RecoveryChange, AuditAction>;

@Controller()
export class RecoveriesController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly startRecovery: StartRecoveryService,
    private readonly recoveries: RecoveriesRepository,
    private readonly audit: RecordAuditService,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_EVENTS_DAYS' | 'RETENTION_LOGS_DAYS'>,
  ) {}

  @Route(recoveryRoutes.start)
  async start(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') webhookId: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<Recovery>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, webhookId);
    const request = parseBody(recoveryRoutes.start.body, body);
    const recoveryId = await this.startRecovery.start(resolved.webhook, request, actorOf(caller));
    await this.audit.record({
      identity: caller,
      action: 'recovery.started',
      appKey,
      targetId: recoveryId,
      detail: { webhookId: resolved.webhook.webhookId, ...request },
      ipAddress,
    });
    return this.answer(resolved, recoveryId);
  }

  @Route(recoveryRoutes.list)
  async list(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') webhookId: string,
    @Query() query: unknown,
  ): Promise<Page<Recovery>> {
    const { app, webhook } = await this.resolveWebhook.forCaller(caller, appKey, webhookId);
    const { limit, cursor } = parseQuery(recoveryRoutes.list.query, query);
    const rows = await this.recoveries.list(webhook.webhookId, readIdCursor(cursor), limit + 1);
    return idPage(
      rows,
      limit,
      (row) => row.recoveryId,
      (row) => this.present(row, app.appKey),
    );
  }

  @Route(recoveryRoutes.get)
  async get(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') webhookId: string,
    @Param('recoveryId') recoveryId: string,
  ): Promise<Single<Recovery>> {
    return this.answer(await this.resolveWebhook.forCaller(caller, appKey, webhookId), recoveryId);
  }

  @Route(recoveryRoutes.pause)
  pause(
    @Caller() caller: Identity,
    @Param() { appKey, webhookId, recoveryId }: Omit<ChangeCall, 'caller' | 'ipAddress'>,
    @Ip() ipAddress: string,
  ): Promise<Single<Recovery>> {
    return this.change('pause', { caller, appKey, webhookId, recoveryId, ipAddress });
  }

  @Route(recoveryRoutes.resume)
  resume(
    @Caller() caller: Identity,
    @Param() { appKey, webhookId, recoveryId }: Omit<ChangeCall, 'caller' | 'ipAddress'>,
    @Ip() ipAddress: string,
  ): Promise<Single<Recovery>> {
    return this.change('resume', { caller, appKey, webhookId, recoveryId, ipAddress });
  }

  @Route(recoveryRoutes.cancel)
  cancel(
    @Caller() caller: Identity,
    @Param() { appKey, webhookId, recoveryId }: Omit<ChangeCall, 'caller' | 'ipAddress'>,
    @Ip() ipAddress: string,
  ): Promise<Single<Recovery>> {
    return this.change('cancel', { caller, appKey, webhookId, recoveryId, ipAddress });
  }

  private async change(
    change: RecoveryChange,
    { caller, appKey, webhookId, recoveryId, ipAddress }: ChangeCall,
  ): Promise<Single<Recovery>> {
    const resolved = await this.resolveWebhook.forCaller(caller, appKey, webhookId);
    const row = await this.find(resolved, recoveryId);
    if (change === 'resume' && !resolved.webhook.isEnabled) {
      throw new DomainError('conflict', 'The webhook is disabled; enable it first');
    }
    if (!(await this.recoveries.change(row.recoveryId, change))) {
      throw new DomainError('conflict', `The recovery is ${row.state}`);
    }
    await this.audit.record({
      identity: caller,
      action: AUDITED[change],
      appKey,
      targetId: row.recoveryId,
      detail: { webhookId: row.webhookId },
      ipAddress,
    });
    return this.answer(resolved, row.recoveryId);
  }

  private async find({ webhook }: ResolvedWebhook, recoveryId: string): Promise<RecoveryRow> {
    const row = await this.recoveries.find(webhook.webhookId, parseId(recoveryId, 'recovery'));
    if (!row) throw DomainError.notFound('recovery');
    return row;
  }

  private async answer(resolved: ResolvedWebhook, recoveryId: string): Promise<Single<Recovery>> {
    return { data: this.present(await this.find(resolved, recoveryId), resolved.app.appKey) };
  }

  private present(row: RecoveryRow, appKey: string): Recovery {
    return presentRecovery(row, { appKey, nowMs: this.clock.nowMs(), retention: this.env });
  }
}
