import { Injectable } from '@nestjs/common';
import { RemoveRowsService } from '../../../platform/database/remove-rows.service.js';

/** Removes audit entries that are over their retention. */
@Injectable()
export class PurgeAuditService {
  constructor(private readonly rows: RemoveRowsService) {}

  /** @returns how many were removed */
  purge(before: Date): Promise<number> {
    const condition = 'created_at < $1';
    return this.rows.remove({ table: 'audit_entries', condition, parameters: [before.toISOString()] });
  }
}
