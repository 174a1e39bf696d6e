/** Maps versions of event types. The schema of a version never changes; its example may. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('event_type_versions')
export class EventTypeVersionEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('text')
  name!: string;

  @PrimaryColumn('integer')
  version!: number;

  /** JSON Schema, as it was received. */
  @Column('text')
  schema!: string;

  /** JSON, as it was received. */
  @Column('text')
  example!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('text', { name: 'created_by' })
  createdBy!: string;
}
