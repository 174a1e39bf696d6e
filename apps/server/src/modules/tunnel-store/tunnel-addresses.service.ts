/** Knows which addresses are those of tunnels; needs rows only, so that settings can be checked without Redis. */
import { Injectable } from '@nestjs/common';
import { tunnelIdOf } from '@im/contracts/urls/tunnel-url';
import { TunnelsRepository } from './data/tunnels.repository.js';

@Injectable()
export class TunnelAddressesService {
  constructor(private readonly tunnels: TunnelsRepository) {}

  /** Whether the URL is the address of a tunnel of this app. */
  async isAddressOf(appId: string, url: string): Promise<boolean> {
    const tunnelId = tunnelIdOf(url);
    return tunnelId !== undefined && this.tunnels.isOf(appId, tunnelId);
  }
}
