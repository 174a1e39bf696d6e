import { Injectable } from '@nestjs/common';
import { RemoveRowsService } from '../../platform/database/remove-rows.service.js';

/** Removes notifications that are over their retention. */
@Injectable()
export class PurgeNotificationsService {
  constructor(private readonly rows: RemoveRowsService) {}

  /** @returns how many were removed */
  purge(before: Date): Promise<number> {
    const condition = `created_at < $1 AND status <> 'pending'`;
    return this.rows.remove({ table: 'notifications', condition, parameters: [before.toISOString()] });
  }
}
