import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';
import { AppsRepository } from './data/apps.repository.js';

/** Marks an app as deleted, in the transaction that ends its webhooks. */
@Injectable()
export class MarkAppDeletedService {
  constructor(private readonly apps: AppsRepository) {}

  mark(transaction: Transaction, appId: string, deletedAt: Date): Promise<void> {
    return this.apps.markDeleted(transaction, appId, deletedAt);
  }
}
