import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bringAllForward, bringOneForward } from './bring-forward.js';

@Injectable()
export class SendNowRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false when it is not waiting, or its recovery is not running */
  one(deliveryId: string): Promise<boolean> {
    return bringOneForward(this.dataSource, deliveryId);
  }

  allOf(webhookId: string): Promise<void> {
    return bringAllForward(this.dataSource, webhookId);
  }
}
