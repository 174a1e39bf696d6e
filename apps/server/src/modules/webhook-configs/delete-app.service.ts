import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { DeleteWebhooksRepository } from './data/delete-webhooks.repository.js';

/** Deletes an app for a person. */
@Injectable()
export class DeleteAppService {
  constructor(
    private readonly deletions: DeleteWebhooksRepository,
    private readonly clock: Clock,
  ) {}

  /** Also deletes its webhooks and cancels what waits; the rows stay until retention drops them. */
  async delete({ appId }: AppRef, by: string): Promise<void> {
    await this.deletions.deleteApp(appId, { by, at: this.clock.now() });
  }
}
