/** Maps event types of tenants. A deleted one keeps its row, so that its versions go on counting. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('event_types')
export class EventTypeEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('text')
  name!: string;

  @Column('text', { name: 'description_zh' })
  descriptionZh!: string;

  @Column('text', { name: 'description_en' })
  descriptionEn!: string;

  /** Unique among the tenant's event types. */
  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  /** The present one. */
  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  @Column('text', { name: 'updated_by' })
  updatedBy!: string;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
