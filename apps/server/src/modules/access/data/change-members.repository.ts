import { Injectable } from '@nestjs/common';
import type { UpdateMemberRequest } from '@im/contracts/api/members';
import { DataSource, type EntityManager } from 'typeorm';
import { DomainError } from '../../../platform/http/domain-error.js';
import { UserEntity, type User } from './user.entity.js';

/** Changes that could cost a tenant its last admin: one at a time per tenant, and undone when they did. */
@Injectable()
export class ChangeMembersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @returns the member after the change, or null when the tenant has no such member
   * @throws DomainError `conflict` when no enabled admin would be left
   */
  update(tenantId: string, userId: string, change: UpdateMemberRequest): Promise<User | null> {
    return this.keepingAnAdmin(tenantId, async (manager) => {
      const member: User | null = await manager.findOneBy(UserEntity, { tenantId, userId });
      if (!member) return null;
      const { name = member.name, role = member.role, isDisabled = member.isDisabled } = change;
      await manager.update(UserEntity, { userId }, { name, role, isDisabled });
      if (role !== member.role || isDisabled !== member.isDisabled) {
        await manager.query('DELETE FROM sessions WHERE user_id = $1', [userId]);
      }
      return { ...member, name, role, isDisabled };
    });
  }

  /**
   * @returns the member that was, or null when the tenant has no such member
   * @throws DomainError `conflict` when no enabled admin would be left
   */
  remove(tenantId: string, userId: string): Promise<User | null> {
    return this.keepingAnAdmin(tenantId, async (manager) => {
      const member = await manager.findOneBy(UserEntity, { tenantId, userId });
      if (member) await manager.delete(UserEntity, { userId });
      return member;
    });
  }

  private keepingAnAdmin<T>(tenantId: string, change: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT 1 FROM tenants WHERE tenant_id = $1 FOR UPDATE', [tenantId]);
      const result = await change(manager);
      const hasAdmin = await manager.existsBy(UserEntity, { tenantId, role: 'admin', isDisabled: false });
      if (!hasAdmin) {
        throw new DomainError('conflict', 'This is the last enabled admin; make somebody else admin first');
      }
      return result;
    });
  }
}
