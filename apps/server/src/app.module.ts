/** Wires the modules of a process: api, worker, or both. */
import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from './config/config.module.js';
import type { Env, ProcessRole } from './config/env.js';
import { AccessModule } from './modules/access/access.module.js';
import { AlertsModule, AlertWorkerModule } from './modules/alerts/alerts.module.js';
import { ApiDocsModule } from './modules/api-docs/api-docs.module.js';
import { AppsModule } from './modules/apps/apps.module.js';
import { BeforeModule } from './modules/before/before.module.js';
import { ChangesModule } from './modules/changes/changes.module.js';
import { FoldCountsModule } from './modules/statistics/fold-counts.module.js';
import { DeliveriesModule } from './modules/deliveries/deliveries.module.js';
import { DispatcherModule, DispatchWorkerModule } from './modules/dispatcher/dispatcher.module.js';
import { EventTypesModule } from './modules/event-types/event-types.module.js';
import { EventsModule } from './modules/events/events.module.js';
import { FamiliarApiModule } from './modules/familiar-api/familiar-api.module.js';
import { HealthModule } from './modules/health/health.module.js';
import { DiagnosisModule } from './modules/diagnosis/diagnosis.module.js';
import { StatisticsModule } from './modules/statistics/statistics.module.js';
import { LiveModule } from './modules/live/live.module.js';
import {
  NotificationsModule,
  NotificationWorkerModule,
} from './modules/notifications/notifications.module.js';
import { PortalModule } from './modules/portal/portal.module.js';
import { RecoveriesModule, RecoveryWorkerModule } from './modules/recoveries/recoveries.module.js';
import { RetentionModule } from './modules/retention/retention.module.js';
import { SealedSecretsModule } from './modules/sealed-secrets/sealed-secrets.module.js';
import { SourceMessageWorkerModule } from './modules/sources/messages/source-messages.module.js';
import { SourcesModule } from './modules/sources/sources.module.js';
import { TestReceiverApiModule } from './modules/test-receiver/test-receiver.module.js';
import { TunnelsModule } from './modules/tunnels/tunnels.module.js';
import { WebhookConfigsModule } from './modules/webhook-configs/webhook-configs.module.js';
import { BackgroundModule } from './platform/background/background.module.js';
import { ClockModule } from './platform/clock/clock.module.js';
import { CryptoModule } from './platform/crypto/crypto.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { IncomingHttpModule } from './platform/http-server/http-server.module.js';
import { DnsModule } from './platform/dns/dns.module.js';
import { OutgoingHttpModule } from './platform/outgoing-http/outgoing-http.module.js';
import { LimitsModule } from './platform/limits/limits.module.js';
import { LiveFeedModule } from './platform/live/live-feed.module.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { OutgoingMailModule } from './platform/mail/outgoing-mail.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { CheckProcessorsService } from './platform/queue/check-processors.service.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { TracingModule } from './platform/tracing/tracing.module.js';

/** What a process that only delivers leaves out. */
const ONLY_API = [
  EventsModule,
  BeforeModule,
  SourcesModule,
  ChangesModule,
  DiagnosisModule,
  FamiliarApiModule,
  PortalModule,
  ApiDocsModule,
  LiveModule,
  TestReceiverApiModule,
  TunnelsModule,
];

/** What a process that only serves the API leaves out. */
const ONLY_WORKER = [
  DispatchWorkerModule,
  RecoveryWorkerModule,
  AlertWorkerModule,
  NotificationWorkerModule,
  SourceMessageWorkerModule,
];

@Module({})
export class AppModule {
  static forRole(role: ProcessRole, env: Env): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(env),
        LoggingModule,
        MetricsModule.for(role),
        TracingModule.for(role),
        ClockModule,
        BackgroundModule,
        LimitsModule,
        CryptoModule,
        DatabaseModule,
        QueueModule,
        LiveFeedModule,
        IncomingHttpModule,
        DnsModule,
        OutgoingHttpModule,
        OutgoingMailModule,
        AccessModule,
        AppsModule,
        EventTypesModule,
        WebhookConfigsModule,
        SealedSecretsModule,
        FoldCountsModule,
        DispatcherModule,
        DeliveriesModule,
        RecoveriesModule,
        StatisticsModule,
        AlertsModule,
        NotificationsModule,
        HealthModule,
        RetentionModule,
        ...(role === 'worker' ? [] : ONLY_API),
        ...(role === 'api' ? [] : ONLY_WORKER),
      ],
      providers: role === 'api' ? [] : [CheckProcessorsService],
    };
  }
}
