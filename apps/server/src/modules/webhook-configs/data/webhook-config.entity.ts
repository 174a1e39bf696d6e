import type { BeforeSettings } from '@im/contracts/api/before-constants';
import type {
  BatchSettings,
  CallbackFormat,
  Ordering,
  SignatureScheme,
} from '@im/contracts/api/delivery-settings';
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

  /** Unique among the app's webhooks. */
  @Column({ name: 'external_id', type: 'text', nullable: true })
  externalId!: string | null;

  /** Without its query, once that is sealed. */
  @Column({ type: 'text' })
  url!: string;

  /** The masked URL; null: an earlier version wrote the row in clear. */
  @Column({ name: 'masked_url', type: 'text', nullable: true })
  maskedUrl!: string | null;

  /** The URL's query and the custom headers under {@link sealedSettingsContext}; null: there are none, or they are in clear. */
  @Column({ name: 'sealed_settings', type: 'bytea', nullable: true })
  sealedSettings!: Buffer | null;

  @Column({ name: 'is_enabled', type: 'boolean' })
  isEnabled!: boolean;

  @Column({ name: 'disabled_reason', type: 'text', nullable: true })
  disabledReason!: DisabledReason | null;

  /** A person paused it then: deliveries wait. Not the breaker, which is `webhook_health.paused_at`. */
  @Column({ name: 'paused_since', type: 'timestamptz', nullable: true })
  pausedAt!: Date | null;

  @Column({ name: 'paused_by', type: 'text', nullable: true })
  pausedBy!: string | null;

  @Column({ type: 'text', array: true })
  events!: string[];

  /** Empty, once they are sealed. */
  @Column({ type: 'jsonb' })
  headers!: Record<string, string>;

  @Column({ name: 'timeout_ms', type: 'integer' })
  timeoutMs!: number;

  @Column({ name: 'retry_policy', type: 'jsonb' })
  retryPolicy!: RetryPolicy;

  @Column({ type: 'text' })
  ordering!: Ordering;

  /** null: every event goes out alone. */
  @Column({ type: 'jsonb', nullable: true })
  batch!: BatchSettings | null;

  @Column({ type: 'text' })
  format!: CallbackFormat;

  @Column({ name: 'signature_scheme', type: 'text' })
  signatureScheme!: SignatureScheme;

  /** How the headers of the scheme `body-hmac` begin. */
  @Column({ name: 'signature_prefix', type: 'text' })
  signaturePrefix!: string;

  /** Requests a second; 0: no limit. */
  @Column({ name: 'rate_limit_per_second', type: 'integer' })
  rateLimitPerSecond!: number;

  /** null: it decides about no event. Its events are in `before_routes` too. */
  @Column({ type: 'jsonb', nullable: true })
  before!: BeforeSettings | null;

  /** Sealed with SecretBox under the context `webhook:<webhookId>`; null: the AppSecret signs. */
  @Column({ name: 'secret_ciphertext', type: 'bytea', nullable: true })
  secretCiphertext!: Buffer | null;

  /** The staged secret, sealed likewise; null: none. */
  @Column({ name: 'next_secret_ciphertext', type: 'bytea', nullable: true })
  nextSecretCiphertext!: Buffer | null;

  @Column({ name: 'secret_staged_at', type: 'timestamptz', nullable: true })
  secretStagedAt!: Date | null;

  /** The previous signing secret, sealed likewise, even if it was the AppSecret; valid until it expires. */
  @Column({ name: 'previous_secret_ciphertext', type: 'bytea', nullable: true })
  previousSecretCiphertext!: Buffer | null;

  @Column({ name: 'previous_secret_expires_at', type: 'timestamptz', nullable: true })
  previousSecretExpiresAt!: Date | null;

  /** JSON of certificate and key (PEM), sealed under `webhook-client-certificate:<webhookId>`; null: it shows none. */
  @Column({ name: 'client_certificate_ciphertext', type: 'bytea', nullable: true })
  clientCertificateCiphertext!: Buffer | null;

  @Column({ name: 'client_certificate_subject', type: 'text', nullable: true })
  clientCertificateSubject!: string | null;

  @Column({ name: 'client_certificate_expires_at', type: 'timestamptz', nullable: true })
  clientCertificateExpiresAt!: Date | null;

  /** Of its settings: 1, 2, 3, …; see webhook_revisions. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;
}
