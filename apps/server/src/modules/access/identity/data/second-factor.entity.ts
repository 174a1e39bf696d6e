/** Maps second factors: the secret of the authenticator app, sealed. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('second_factors')
export class SecondFactorEntity {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @Column('bytea', { name: 'secret_ciphertext' })
  secretCiphertext!: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Null: set-up was begun and not finished. */
  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;

  /** The time step of the last code: it and those before it are used up. */
  @Column('bigint', { name: 'last_used_step', nullable: true })
  lastUsedStep!: number | null;
}
