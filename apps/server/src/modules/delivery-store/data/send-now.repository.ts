import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bringAllForward, bringOneForward } from './bring-forward.js';

@Injectable()
export class SendNowRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false: it does not wait, or the recovery that replays it does not run */
  one(deliveryId: string): Promise<boolean> {
    return bringOneForward(this.dataSource, deliveryId);
  }

  allOf(webhookId: string): Promise<void> {
    return bringAllForward(this.dataSource, webhookId);
  }
}
