import { Injectable } from '@nestjs/common';
import { RemoveRowsService } from '../../../platform/database/remove-rows.service.js';

/** Removes first answers that count no more. */
@Injectable()
export class PurgeIdempotentRequestsService {
  constructor(private readonly rows: RemoveRowsService) {}

  /** @returns how many were removed */
  purge(before: Date): Promise<number> {
    const condition = 'created_at < $1';
    return this.rows.remove({ table: 'idempotent_requests', condition, parameters: [before.toISOString()] });
  }
}
