import type { DisabledReason } from '@im/contracts/api/webhooks';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'webhook_configs' })
export class WebhookConfigEntity {
  @PrimaryColumn({ name: 'webhook_id', type: 'uuid' })
  webhookId!: string;

  @Column({ name: 'app_id', type: 'uuid' })
  appId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  description!: string;

  @Column({ type: 'text' })
  url!: string;

  @Column({ name: 'is_enabled', type: 'boolean' })
  isEnabled!: boolean;

  @Column({ name: 'disabled_reason', type: 'text', nullable: true })
  disabledReason!: DisabledReason | null;

  @Column({ type: 'text', array: true })
  events!: string[];

  @Column({ type: 'jsonb' })
  headers!: Record<string, string>;

  @Column({ name: 'timeout_ms', type: 'integer' })
  timeoutMs!: number;

  @Column({ name: 'retry_policy', type: 'jsonb' })
  retryPolicy!: RetryPolicy;

  /** Sealed with SecretBox under the context `webhook:<webhookId>`; null: the AppSecret signs. */
  @Column({ name: 'secret_ciphertext', type: 'bytea', nullable: true })
  secretCiphertext!: Buffer | null;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;
}

/** A callback configuration as data. */
export type WebhookConfig = Pick<WebhookConfigEntity, keyof WebhookConfigEntity>;

/** The context a webhook's secret is sealed under. */
export function webhookSecretContext(webhookId: string): string {
  return `webhook:${webhookId}`;
}
