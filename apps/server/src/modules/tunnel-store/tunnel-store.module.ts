import { Module } from '@nestjs/common';
import { AwaitAnswersService } from './await-answers.service.js';
import { TunnelRequestsRepository } from './data/tunnel-requests.repository.js';
import { KeepTunnelsService } from './keep-tunnels.service.js';
import { SendThroughTunnelService } from './send-through-tunnel.service.js';
import { TunnelAddressesModule } from './tunnel-addresses.module.js';
import { TunnelHints } from './tunnel-hints.js';

/** Wires tunnels and what is on its way through them. */
@Module({
  imports: [TunnelAddressesModule],
  providers: [
    AwaitAnswersService,
    KeepTunnelsService,
    SendThroughTunnelService,
    TunnelHints,
    TunnelRequestsRepository,
  ],
  exports: [KeepTunnelsService, SendThroughTunnelService, TunnelHints],
})
export class TunnelStoreModule {}
