import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ALERT_COLUMNS, type AlertRow } from '../../alerts/data/alert-columns.js';

/** The newest of an app: older ones that still change are seen when lists are loaded. */
const NEWEST = 500;

@Injectable()
export class LiveAlertsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns those that are not resolved, and those resolved since, oldest first */
  current(appId: string, resolvedSince: Date): Promise<AlertRow[]> {
    return this.dataSource.query<AlertRow[]>(
      `SELECT ${ALERT_COLUMNS} FROM (
         SELECT * FROM alerts WHERE app_id = $1 ORDER BY alert_id DESC LIMIT ${String(NEWEST)}
       ) AS newest WHERE status <> 'resolved' OR resolved_at >= $2 ORDER BY alert_id`,
      [appId, resolvedSince],
    );
  }
}
