import { Controller, Inject } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { Recovery, RecoveryEstimate } from '@im/contracts/api/recoveries';
import { recoveryRoutes } from '@im/contracts/routes/recovery-routes';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { RecoveriesRepository, type RecoveryChange, type RecoveryRow } from './data/recoveries.repository.js';
import { EstimateRecoveryService } from './estimate-recovery.service.js';
import { presentRecovery } from './present-recovery.js';
import { StartRecoveryService } from './start-recovery.service.js';

type RecoveryPath = Pick<RecoveryRow, 'webhookId' | 'recoveryId'>;
type ChangeInput = RouteInput<
  typeof recoveryRoutes.pause | typeof recoveryRoutes.resume | typeof recoveryRoutes.cancel
>;

@Controller()
export class RecoveriesController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly startRecovery: StartRecoveryService,
    private readonly estimateRecovery: EstimateRecoveryService,
    private readonly recoveries: RecoveriesRepository,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_EVENTS_DAYS' | 'RETENTION_LOGS_DAYS'>,
  ) {}

  @Route(recoveryRoutes.start)
  async start(
    @Input() { caller, app, path, body, audit, reply }: RouteInput<typeof recoveryRoutes.start>,
  ): Promise<Single<Recovery> | Single<RecoveryEstimate>> {
    const webhook = await this.webhooks.find(app, path.webhookId);
    const { dryRun, ...request } = body;
    if (dryRun) {
      audit.skip();
      void reply.code(recoveryRoutes.start.otherAnswer.status);
      return { data: await this.estimateRecovery.estimate(app, webhook, body) };
    }
    const recoveryId = await this.startRecovery.start(webhook, body, actorOf(caller));
    audit.note({ targetId: recoveryId, detail: { webhookId: path.webhookId, ...request } });
    return this.answer(app, { ...path, recoveryId });
  }

  @Route(recoveryRoutes.list)
  async list(@Input() { app, path, query }: RouteInput<typeof recoveryRoutes.list>): Promise<Page<Recovery>> {
    const { limit, cursor } = query;
    const { webhookId } = await this.webhooks.find(app, path.webhookId);
    const rows = await this.recoveries.list(webhookId, readIdCursor(cursor), limit + 1);
    return idPage(
      rows,
      limit,
      (row) => row.recoveryId,
      (row) => this.present(row, app),
    );
  }

  @Route(recoveryRoutes.get)
  async get(@Input() { app, path }: RouteInput<typeof recoveryRoutes.get>): Promise<Single<Recovery>> {
    await this.webhooks.find(app, path.webhookId);
    return this.answer(app, path);
  }

  @Route(recoveryRoutes.pause)
  pause(@Input() input: RouteInput<typeof recoveryRoutes.pause>): Promise<Single<Recovery>> {
    return this.change('pause', input);
  }

  @Route(recoveryRoutes.resume)
  resume(@Input() input: RouteInput<typeof recoveryRoutes.resume>): Promise<Single<Recovery>> {
    return this.change('resume', input);
  }

  @Route(recoveryRoutes.cancel)
  cancel(@Input() input: RouteInput<typeof recoveryRoutes.cancel>): Promise<Single<Recovery>> {
    return this.change('cancel', input);
  }

  private async change(change: RecoveryChange, { app, path, audit }: ChangeInput): Promise<Single<Recovery>> {
    const { webhookId, isEnabled } = await this.webhooks.find(app, path.webhookId);
    const { recoveryId, state } = await this.find(path);
    if (change === 'resume' && !isEnabled) {
      throw new DomainError('conflict', 'The webhook is disabled; enable it first');
    }
    if (!(await this.recoveries.change(recoveryId, change))) {
      throw new DomainError('conflict', `The recovery is ${state}`);
    }
    audit.note({ detail: { webhookId } });
    return this.answer(app, path);
  }

  private async find({ webhookId, recoveryId }: RecoveryPath): Promise<RecoveryRow> {
    const row = await this.recoveries.find(webhookId, recoveryId);
    if (!row) throw DomainError.notFound('recovery');
    return row;
  }

  private async answer(app: AppRef, path: RecoveryPath): Promise<Single<Recovery>> {
    return { data: this.present(await this.find(path), app) };
  }

  private present(row: RecoveryRow, { appKey }: AppRef): Recovery {
    return presentRecovery(row, { appKey, nowMs: this.clock.nowMs(), retention: this.env });
  }
}
