/** Claims notices of the alerts' outbox for the notifications module. */
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';
import { AlertNoticesRepository } from './data/alert-notices.repository.js';
import type { DueNotice } from './domain/due-notice.js';

@Injectable()
export class ClaimNoticesService {
  constructor(private readonly notices: AlertNoticesRepository) {}

  /** See {@link AlertNoticesRepository.claim}. */
  claim(transaction: Transaction, now: Date, limit: number): Promise<DueNotice[]> {
    return this.notices.claim(transaction, now, limit);
  }

  /** See {@link AlertNoticesRepository.markHandled}. */
  markHandled(transaction: Transaction, noticeIds: readonly string[], at: Date): Promise<void> {
    return this.notices.markHandled(transaction, noticeIds, at);
  }
}
