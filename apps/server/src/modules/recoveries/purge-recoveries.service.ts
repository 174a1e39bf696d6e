import { Injectable } from '@nestjs/common';
import { RemoveRowsService } from '../../platform/database/remove-rows.service.js';

/** Removes recoveries that ended before the retention of the log. */
@Injectable()
export class PurgeRecoveriesService {
  constructor(private readonly rows: RemoveRowsService) {}

  /** @returns how many were removed */
  purge(before: Date): Promise<number> {
    const condition = 'finished_at < $1 AND is_settled';
    return this.rows.remove({ table: 'recoveries', condition, parameters: [before.toISOString()] });
  }
}
