import { Injectable } from '@nestjs/common';
import { RemoveRowsService } from '../../platform/database/remove-rows.service.js';

/** Removes counts that are over their retention. */
@Injectable()
export class PurgeCountsService {
  constructor(private readonly rows: RemoveRowsService) {}

  /** @returns how many were removed */
  purge(before: Date): Promise<number> {
    const condition = 'bucket_at < $1';
    return this.rows.remove({ table: 'delivery_counts', condition, parameters: [before.toISOString()] });
  }
}
