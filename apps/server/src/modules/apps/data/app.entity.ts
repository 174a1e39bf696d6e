import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('apps')
export class AppEntity {
  @PrimaryColumn('uuid', { name: 'app_id' })
  appId!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'app_key' })
  appKey!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'package_name' })
  packageName!: string;

  @Column('text')
  description!: string;

  /** Days that its events are kept; null: the service's default. */
  @Column('smallint', { name: 'retain_events_days', nullable: true })
  retainEventsDays!: number | null;

  /** Days that its log is kept; null: the service's default. */
  @Column('smallint', { name: 'retain_logs_days', nullable: true })
  retainLogsDays!: number | null;

  /** The id that the tenant's own system has for it, unique among its apps. */
  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  /** The AppSecret, sealed for the context `app:<appId>`. */
  @Column('bytea', { name: 'secret_ciphertext' })
  secretCiphertext!: Buffer;

  /** The staged secret, sealed likewise; null: none. */
  @Column('bytea', { name: 'next_secret_ciphertext', nullable: true })
  nextSecretCiphertext!: Buffer | null;

  @Column('timestamptz', { name: 'secret_staged_at', nullable: true })
  secretStagedAt!: Date | null;

  /** The previous secret, sealed likewise; valid until it expires. */
  @Column('bytea', { name: 'previous_secret_ciphertext', nullable: true })
  previousSecretCiphertext!: Buffer | null;

  @Column('timestamptz', { name: 'previous_secret_expires_at', nullable: true })
  previousSecretExpiresAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  /** Set: the app is deleted; its row stays for the log. */
  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}

/** An app as plain data. */
export type AppRow = Pick<AppEntity, keyof AppEntity>;
