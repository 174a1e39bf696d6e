import { Module } from '@nestjs/common';
import { AwaitAnswersService } from './await-answers.service.js';
import { TunnelRequestsRepository } from './data/tunnel-requests.repository.js';
import { TunnelsRepository } from './data/tunnels.repository.js';
import { KeepTunnelsService } from './keep-tunnels.service.js';
import { SendThroughTunnelService } from './send-through-tunnel.service.js';
import { TunnelHints } from './tunnel-hints.js';

/** Wires tunnels and what is on its way through them. Below webhooks, which check addresses here. */
@Module({
  providers: [
    AwaitAnswersService,
    KeepTunnelsService,
    SendThroughTunnelService,
    TunnelHints,
    TunnelRequestsRepository,
    TunnelsRepository,
  ],
  exports: [KeepTunnelsService, SendThroughTunnelService, TunnelHints],
})
export class TunnelStoreModule {}
