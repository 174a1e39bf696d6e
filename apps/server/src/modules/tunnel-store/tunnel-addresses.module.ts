import { Module } from '@nestjs/common';
import { TunnelsRepository } from './data/tunnels.repository.js';
import { TunnelAddressesService } from './tunnel-addresses.service.js';

/** Wires what webhooks check addresses with. */
@Module({
  providers: [TunnelAddressesService, TunnelsRepository],
  exports: [TunnelAddressesService, TunnelsRepository],
})
export class TunnelAddressesModule {}
