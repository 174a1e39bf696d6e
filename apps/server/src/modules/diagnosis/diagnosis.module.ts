import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DispatcherModule } from '../dispatcher/dispatcher.module.js';
import { TestReceiverModule } from '../test-receiver/test-receiver.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { CheckReceiverService } from './check-receiver.service.js';
import { CheckupController } from './checkup.controller.js';
import { TracedDeliveriesRepository } from './data/traced-deliveries.repository.js';
import { TracedEventsRepository } from './data/traced-events.repository.js';
import { ExplainSignatureService } from './explain-signature.service.js';
import { SignatureController } from './signature.controller.js';
import { TraceController } from './trace.controller.js';
import { TraceEventsService } from './trace-events.service.js';

/** Wires answers about single events and receivers: why something did not arrive, and what is wrong with a receiver. */
@Module({
  imports: [AccessModule, AppsModule, WebhookConfigsModule, DispatcherModule, TestReceiverModule],
  controllers: [TraceController, SignatureController, CheckupController],
  providers: [
    TracedEventsRepository,
    TracedDeliveriesRepository,
    TraceEventsService,
    ExplainSignatureService,
    CheckReceiverService,
  ],
})
export class DiagnosisModule {}
