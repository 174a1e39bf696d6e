import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { takeProbe } from './apply-to-health.js';

/** The probes through open breakers, of which all workers together send one at a time. */
@Injectable()
export class ProbesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns whether a probe is due and now the caller's to send */
  take(webhookId: string): Promise<boolean> {
    return takeProbe(this.dataSource, webhookId);
  }
}
