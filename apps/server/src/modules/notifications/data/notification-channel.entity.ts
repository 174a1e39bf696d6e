import type { AlertRule, AlertSeverity } from '@im/contracts/api/alerts';
import type { ChannelKind, ChannelLanguage, SmtpSecurity } from '@im/contracts/api/notification-channels';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Everything about mail but the password. */
export interface EmailSettings {
  host: string;
  port: number;
  security: SmtpSecurity;
  /** Empty: no login. */
  username: string;
  from: string;
  to: string[];
}

@Entity({ name: 'notification_channels' })
export class NotificationChannelEntity {
  @PrimaryColumn({ name: 'channel_id', type: 'uuid' })
  channelId!: string;

  @Column({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @Column({ type: 'text' })
  kind!: ChannelKind;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'is_enabled', type: 'boolean' })
  isEnabled!: boolean;

  @Column({ type: 'text' })
  language!: ChannelLanguage;

  @Column({ name: 'min_severity', type: 'text' })
  minSeverity!: AlertSeverity;

  /** Empty: every app. */
  @Column({ name: 'app_ids', type: 'uuid', array: true })
  appIds!: string[];

  /** Empty: every rule. */
  @Column({ type: 'text', array: true })
  rules!: AlertRule[];

  /** null for every other kind. */
  @Column({ type: 'jsonb', nullable: true })
  email!: EmailSettings | null;

  @Column({ name: 'masked_url', type: 'text', nullable: true })
  maskedUrl!: string | null;

  /** Sealed with SecretBox under {@link channelSecretContext}, as the URL of a chat platform is its credential. */
  @Column({ name: 'url_ciphertext', type: 'bytea', nullable: true })
  urlCiphertext!: Buffer | null;

  /** The signing secret or the SMTP password, sealed likewise. */
  @Column({ name: 'secret_ciphertext', type: 'bytea', nullable: true })
  secretCiphertext!: Buffer | null;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}

/** A channel as data. */
export type NotificationChannelRow = Pick<NotificationChannelEntity, keyof NotificationChannelEntity>;

export function channelSecretContext(channelId: string): string {
  return `notification-channel:${channelId}`;
}
