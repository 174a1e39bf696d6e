/** Maps API tokens: a token is stored as its hash and shown once. */
import type { ApiTokenScope } from '@im/contracts/api/api-tokens';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('api_tokens')
export class ApiTokenEntity {
  @PrimaryColumn('uuid', { name: 'token_id' })
  tokenId!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  /** The one app it is bound to; null: it opens all of the tenant. */
  @Column('uuid', { name: 'app_id', nullable: true })
  appId!: string | null;

  @Column('text')
  name!: string;

  /** The first characters of the token, by which people recognise it. */
  @Column('text')
  prefix!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('text', { array: true })
  scopes!: ApiTokenScope[];

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** The email of the member, or the name of the token, that made it. */
  @Column('text', { name: 'created_by' })
  createdBy!: string;

  /** The email of the member who made it, or of the owner of the token that did: it goes when they may not have it. */
  @Column('text', { name: 'owner_email' })
  ownerEmail!: string;
}
