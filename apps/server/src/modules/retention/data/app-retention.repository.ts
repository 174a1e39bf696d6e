import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface AppRetention {
  appId: string;
  eventsDays: number | null;
  logsDays: number | null;
}

/** Reads which apps have a shorter retention than the service. */
@Injectable()
export class AppRetentionRepository {
  constructor(private readonly dataSource: DataSource) {}

  list(): Promise<AppRetention[]> {
    return this.dataSource.query<AppRetention[]>(
      `SELECT app_id AS "appId", retain_events_days AS "eventsDays", retain_logs_days AS "logsDays"
       FROM apps WHERE retain_events_days IS NOT NULL OR retain_logs_days IS NOT NULL`,
    );
  }
}
