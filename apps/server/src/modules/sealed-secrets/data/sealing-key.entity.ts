/** Maps the keys that have sealed anything which may still be there, each with a value that opens under it alone. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sealing_keys')
export class SealingKeyEntity {
  /** What values that it sealed begin with. */
  @PrimaryColumn('bytea')
  mark!: Buffer;

  @Column('bytea', { name: 'check_value' })
  checkValue!: Buffer;

  @Column('timestamptz', { name: 'first_used_at', default: () => 'now()' })
  firstUsedAt!: Date;
}
