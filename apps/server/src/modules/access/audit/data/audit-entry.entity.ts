import type { AuditAction } from '@im/contracts/api/audit';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_entries')
export class AuditEntryEntity {
  @PrimaryColumn('uuid', { name: 'audit_id' })
  auditId!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  action!: AuditAction;

  /** The actor's name at that time; readable after the user or token is deleted. */
  @Column('text')
  actor!: string;

  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('text', { name: 'app_key', nullable: true })
  appKey!: string | null;

  @Column('text', { name: 'target_id', nullable: true })
  targetId!: string | null;

  @Column('jsonb')
  detail!: Record<string, unknown>;

  @Column('text', { name: 'ip_address', nullable: true })
  ipAddress!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** An entry of the audit log as plain data. */
export type AuditEntryRow = Pick<AuditEntryEntity, keyof AuditEntryEntity>;
