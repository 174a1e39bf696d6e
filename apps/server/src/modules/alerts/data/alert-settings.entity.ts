/** Maps what apps set of their alerts; an app without a row goes by the defaults. */
import type { StoredAlertSettings } from '../domain/alert-settings.js';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('alert_settings')
export class AlertSettingsEntity {
  @PrimaryColumn('uuid', { name: 'app_id' })
  appId!: string;

  /** Only what differs from the defaults. */
  @Column('jsonb')
  rules!: StoredAlertSettings['rules'];

  @Column('integer', { name: 'renotify_after_minutes' })
  renotifyAfterMinutes!: number;

  @Column('jsonb', { name: 'quiet_hours', nullable: true })
  quietHours!: StoredAlertSettings['quietHours'];

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  @Column('text', { name: 'updated_by' })
  updatedBy!: string;
}
