import { Module } from '@nestjs/common';
import { ForeignRoutes } from '../../platform/http-server/foreign-routes.js';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { ReceiverStoreModule } from '../receiver-store/receiver-store.module.js';
import { TunnelStoreModule } from '../tunnel-store/tunnel-store.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { HangingRequests } from './hanging-requests.js';
import { ReceiveFromOutsideService } from './receive-from-outside.service.js';
import { ReceiveTestRequestService } from './receive-test-request.service.js';
import { SendInProcessService } from './send-in-process.service.js';
import { ShowTestReceiverService } from './show-test-receiver.service.js';
import { TestReceiverController } from './test-receiver.controller.js';

/** What every process needs: deliveries to a test receiver are received where they are sent, those through a tunnel handed over. */
@Module({
  imports: [ReceiverStoreModule, TunnelStoreModule, WebhookConfigsModule],
  providers: [HangingRequests, ReceiveTestRequestService, SendInProcessService],
  exports: [ReceiveTestRequestService, SendInProcessService],
})
export class TestReceiverModule {}

/** Adds what serves the API: the receiver's routes, and requests from outside. */
@Module({
  imports: [AccessModule, AppsModule, ReceiverStoreModule, TestReceiverModule, WebhookConfigsModule],
  controllers: [TestReceiverController],
  providers: [ReceiveFromOutsideService, ShowTestReceiverService],
})
export class TestReceiverApiModule {
  constructor(routes: ForeignRoutes, receive: ReceiveFromOutsideService) {
    // The HTTP server is prepared before the modules are initialised.
    routes.serve('/test-receiver', receive);
  }
}
