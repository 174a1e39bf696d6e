/** Wires tunnels: clients without an address that get the requests of temporary webhooks. */
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AppsModule } from '../apps/apps.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { TunnelStoreModule } from '../tunnel-store/tunnel-store.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { ConnectClientService } from './connect-client.service.js';
import { CreateTunnelService } from './create-tunnel.service.js';
import { RemoveIdleTunnelsService } from './remove-idle-tunnels.service.js';
import { StreamRequestsService } from './stream-requests.service.js';
import { TunnelsController } from './tunnels.controller.js';

@Module({
  imports: [AccessModule, AppsModule, DeliveriesModule, TunnelStoreModule, WebhookConfigsModule],
  controllers: [TunnelsController],
  providers: [ConnectClientService, CreateTunnelService, RemoveIdleTunnelsService, StreamRequestsService],
})
export class TunnelsModule {}
