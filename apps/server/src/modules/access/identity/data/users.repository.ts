import { Injectable } from '@nestjs/common';
import type { CurrentUser } from '@im/contracts/api/auth';
import { DataSource, LessThan } from 'typeorm';
import { endSessionsOf } from './sessions.repository.js';
import { UserEntity, type User } from './user.entity.js';

@Injectable()
export class UsersRepository {
  constructor(private readonly dataSource: DataSource) {}

  findByEmail(email: string): Promise<User | null> {
    return this.dataSource.getRepository(UserEntity).findOneBy({ email });
  }

  findById(userId: string): Promise<User | null> {
    return this.dataSource.getRepository(UserEntity).findOneBy({ userId });
  }

  findMember(tenantId: string, userId: string): Promise<User | null> {
    return this.dataSource.getRepository(UserEntity).findOneBy({ tenantId, userId });
  }

  /** Newest first; one row more than the limit when there is another page. */
  listMembers(tenantId: string, page: { limit: number; beforeId: string | null }): Promise<User[]> {
    return this.dataSource.getRepository(UserEntity).find({
      where: { tenantId, ...(page.beforeId !== null && { userId: LessThan(page.beforeId) }) },
      order: { userId: 'DESC' },
      take: page.limit + 1,
    });
  }

  /** Those who can log in, the first ones first. */
  async listAdminEmails(tenantId: string, limit: number): Promise<string[]> {
    const admins = await this.dataSource.getRepository(UserEntity).find({
      where: { tenantId, role: 'admin', isDisabled: false },
      order: { userId: 'ASC' },
      take: limit,
    });
    return admins.map(({ email }) => email);
  }

  /** As after a login with the password. */
  async findProfile(userId: string): Promise<CurrentUser | undefined> {
    const rows = await this.dataSource.query<CurrentUser[]>(
      `SELECT u.user_id AS "userId", u.email, u.name, u.role, t.tenant_id AS "tenantId", t.name AS "tenantName",
              u.is_operator AS "isOperator", f.user_id IS NOT NULL AS "hasSecondFactor",
              (t.requires_second_factor AND f.user_id IS NULL) AS "mustSetUpSecondFactor",
              u.must_change_password AS "mustChangePassword"
       FROM users u JOIN tenants t USING (tenant_id)
         LEFT JOIN second_factors f ON f.user_id = u.user_id AND f.confirmed_at IS NOT NULL
       WHERE u.user_id = $1`,
      [userId],
    );
    return rows[0];
  }

  /** @throws QueryFailedError on `users_email_key` when the email is taken */
  async insert(user: User): Promise<void> {
    await this.dataSource.getRepository(UserEntity).insert(user);
  }

  async noteLogin(userId: string, lastLoginAt: Date): Promise<void> {
    await this.dataSource.getRepository(UserEntity).update({ userId }, { lastLoginAt });
  }

  /**
   * Sets the password and ends the user's sessions, except one that may be kept.
   *
   * @param mustChangePassword true when another member set it
   */
  async setPassword(
    userId: string,
    password: { passwordHash: string; mustChangePassword: boolean },
    keptSessionId: string | null,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(UserEntity, { userId }, password);
      await endSessionsOf(manager, userId, keptSessionId);
    });
  }
}
