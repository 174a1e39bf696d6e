/** Removes tunnels that had no client for long, with their webhooks, and requests that a worker left behind. */
import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { KeepTunnelsService } from '../tunnel-store/keep-tunnels.service.js';
import { SaveWebhookService } from '../webhook-configs/save-webhook.service.js';

const INTERVAL_MS = 60_000;

@Injectable()
export class RemoveIdleTunnelsService {
  constructor(
    private readonly tunnels: KeepTunnelsService,
    private readonly webhooks: SaveWebhookService,
    background: BackgroundTasks,
  ) {
    background.repeat({
      failureEvent: 'tunnels.cleanup_failed',
      delayMs: INTERVAL_MS,
      run: () => this.remove(),
    });
  }

  async remove(): Promise<void> {
    for (const tunnel of await this.tunnels.listIdle()) {
      await this.webhooks.delete(tunnel, { by: 'system', expected: null });
      await this.tunnels.remove(tunnel.tunnelId);
    }
    await this.tunnels.removeLeftBehind();
  }
}
