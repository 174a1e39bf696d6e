import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { StatisticsModule } from '../statistics/statistics.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { AlertProcessor } from './alert.processor.js';
import { ALERT_QUEUE, AlertQueue } from './alert.queue.js';
import { AlertRulesController } from './alert-rules.controller.js';
import { AlertsController } from './alerts.controller.js';
import { ChangeAlertRulesService } from './change-alert-rules.service.js';
import { ClaimNoticesService } from './claim-notices.service.js';
import { AlertNoticesRepository } from './data/alert-notices.repository.js';
import { AlertRoundsRepository } from './data/alert-rounds.repository.js';
import { AlertSubjectsRepository } from './data/alert-subjects.repository.js';
import { AlertSettingsEntity } from './data/alert-settings.entity.js';
import { AlertSettingsRepository } from './data/alert-settings.repository.js';
import { AlertsRepository } from './data/alerts.repository.js';
import { BacklogRepository } from './data/backlog.repository.js';
import { EvaluationRepository } from './data/evaluation.repository.js';
import { RuleHistoryRepository } from './data/rule-history.repository.js';
import { SourceFiguresRepository } from './data/source-figures.repository.js';
import { EvaluateAlertsService } from './evaluate-alerts.service.js';
import { FindAlertsService } from './find-alerts.service.js';
import { HandleAlertService } from './handle-alert.service.js';
import { ListCurrentAlertsService } from './list-current-alerts.service.js';
import { MeasureSourcesService } from './measure-sources.service.js';
import { MeasureWindowsService } from './measure-windows.service.js';
import { PurgeAlertsService } from './purge-alerts.service.js';
import { PreviewAlertRulesService } from './preview-alert-rules.service.js';
import { RunAlertRoundService } from './run-alert-round.service.js';

/** Opens, escalates and resolves alerts out of what is recorded of webhooks and sources, by the rules of their app. */
@Module({
  imports: [
    BullModule.registerQueue({ name: ALERT_QUEUE }),
    TypeOrmModule.forFeature([AlertSettingsEntity]),
    AccessModule,
    AppsModule,
    WebhookConfigsModule,
  ],
  controllers: [AlertsController, AlertRulesController],
  providers: [
    AlertQueue,
    AlertNoticesRepository,
    AlertSettingsRepository,
    AlertsRepository,
    ChangeAlertRulesService,
    ClaimNoticesService,
    FindAlertsService,
    HandleAlertService,
    ListCurrentAlertsService,
    PreviewAlertRulesService,
    PurgeAlertsService,
    RuleHistoryRepository,
  ],
  exports: [
    AlertQueue,
    AlertNoticesRepository,
    AlertSettingsRepository,
    ClaimNoticesService,
    FindAlertsService,
    ListCurrentAlertsService,
    PurgeAlertsService,
  ],
})
export class AlertsModule {}

/** What a process with the worker role adds. */
@Module({
  imports: [AlertsModule, StatisticsModule, WebhookConfigsModule],
  providers: [
    AlertProcessor,
    AlertRoundsRepository,
    AlertSubjectsRepository,
    BacklogRepository,
    EvaluateAlertsService,
    EvaluationRepository,
    MeasureSourcesService,
    MeasureWindowsService,
    RunAlertRoundService,
    SourceFiguresRepository,
  ],
})
export class AlertWorkerModule {}
