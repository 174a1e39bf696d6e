import type { SourceKind } from '@im/contracts/api/source-constants';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredSecrets } from '../../apps/domain/secret-rotation.js';

/** Settings as stored: without secrets. */
export interface StoredSourceSettings {
  version?: string;
  grpcAuthority?: string | null;
  address?: string | null;
  botId?: string | null;
  sdkAppId?: string | null;
}

/** The secrets among a source's settings. */
export interface SourceSecrets {
  botToken?: string;
  authToken?: string;
}

/** The secret that is rotated is the token of the source's address. */
@Entity({ name: 'sources' })
export class SourceEntity implements StoredSecrets {
  @PrimaryColumn({ name: 'source_id', type: 'uuid' })
  sourceId!: string;

  @Column({ name: 'app_id', type: 'uuid' })
  appId!: string;

  @Column({ type: 'text' })
  kind!: SourceKind;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'is_enabled', type: 'boolean' })
  isEnabled!: boolean;

  @Column({ type: 'jsonb' })
  settings!: StoredSourceSettings;

  /** JSON of {@link SourceSecrets}, sealed under {@link sourceSettingsContext}; null: there are none. */
  @Column({ name: 'settings_ciphertext', type: 'bytea', nullable: true })
  settingsCiphertext!: Buffer | null;

  /** Empty: every address may send. */
  @Column({ name: 'allowed_cidrs', type: 'text', array: true })
  allowedCidrs!: string[];

  @Column({ name: 'external_id', type: 'text', nullable: true })
  externalId!: string | null;

  /** The token, sealed under {@link sourceTokenContext}. */
  @Column({ name: 'secret_ciphertext', type: 'bytea' })
  secretCiphertext!: Buffer;

  @Column({ name: 'next_secret_ciphertext', type: 'bytea', nullable: true })
  nextSecretCiphertext!: Buffer | null;

  @Column({ name: 'previous_secret_ciphertext', type: 'bytea', nullable: true })
  previousSecretCiphertext!: Buffer | null;

  @Column({ name: 'secret_staged_at', type: 'timestamptz', nullable: true })
  secretStagedAt!: Date | null;

  @Column({ name: 'previous_secret_expires_at', type: 'timestamptz', nullable: true })
  previousSecretExpiresAt!: Date | null;

  @Column({ name: 'token_hash', type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ name: 'next_token_hash', type: 'bytea', nullable: true })
  nextTokenHash!: Buffer | null;

  @Column({ name: 'previous_token_hash', type: 'bytea', nullable: true })
  previousTokenHash!: Buffer | null;

  @Column({ name: 'last_received_at', type: 'timestamptz', nullable: true })
  lastReceivedAt!: Date | null;

  /** When it was enabled after a pause; null: it was never paused. */
  @Column({ name: 'resumed_at', type: 'timestamptz', nullable: true })
  resumedAt!: Date | null;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;
}

/** A row as plain data. */
export type SourceRow = Pick<SourceEntity, keyof SourceEntity>;

export function sourceTokenContext(sourceId: string): string {
  return `source:${sourceId}`;
}

export function sourceSettingsContext(sourceId: string): string {
  return `source-settings:${sourceId}`;
}
