import type { Role } from '@im/contracts/api/auth';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('users')
export class UserEntity {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  /** Lower-case; unique across tenants, since people log in with it. */
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  /** Another member set the password, and it has not been changed since. */
  @Column('boolean', { name: 'must_change_password' })
  mustChangePassword!: boolean;

  @Column('text')
  role!: Role;

  @Column('boolean', { name: 'is_disabled' })
  isDisabled!: boolean;

  /** Manages the tenants of the installation. */
  @Column('boolean', { name: 'is_operator' })
  isOperator!: boolean;

  @Column('timestamptz', { name: 'last_login_at', nullable: true })
  lastLoginAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** A user as plain data. */
export type User = Pick<UserEntity, keyof UserEntity>;
