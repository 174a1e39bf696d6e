import { Injectable } from '@nestjs/common';
import { scopesOfMember } from '@im/contracts/api/access-constants';
import type { ApiTokenScope } from '@im/contracts/api/api-tokens';
import type { UpdateMemberRequest } from '@im/contracts/api/members';
import { DataSource, type EntityManager } from 'typeorm';
import { DomainError } from '../../../../platform/errors/domain-error.js';
import { mayManage } from '../domain/identity.js';
import { operatorsOnly } from '../../tenants/operators-only.js';
import { endSessionsOf } from './sessions.repository.js';
import { UserEntity, type User } from './user.entity.js';

/** Who changes a member. */
export interface MemberChanger {
  tenantId: string;
  isOperator: boolean;
}

export interface ChangedMember {
  /** After the change, or before the deletion. */
  member: User;
  /** Names of the API tokens that were deleted with the right to make them. */
  revokedApiTokens: string[];
}

/** Changes members one at a time per tenant, and rolls back when a tenant would lose its last admin. */
@Injectable()
export class ChangeMembersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @returns null when the tenant has no such member
   * @throws DomainError `conflict` when no enabled admin would be left, or no operator; `forbidden`, see {@link assertMayChange}
   */
  update(caller: MemberChanger, userId: string, change: UpdateMemberRequest): Promise<ChangedMember | null> {
    return this.keepingAnAdmin(caller.tenantId, async (manager) => {
      const member: User | null = await manager.findOneBy(UserEntity, { tenantId: caller.tenantId, userId });
      if (!member) return null;
      const {
        name = member.name,
        role = member.role,
        isDisabled = member.isDisabled,
        isOperator = member.isOperator,
      } = change;
      assertMayChange(caller, member, isOperator);
      if (isOperator && role !== 'admin') {
        throw new DomainError('conflict', 'An operator is an admin: take one away before the other');
      }
      await manager.update(UserEntity, { userId }, { name, role, isDisabled, isOperator });
      if (role !== member.role || isDisabled !== member.isDisabled) {
        await endSessionsOf(manager, userId, null);
      }
      const changed = { ...member, name, role, isDisabled, isOperator };
      return {
        member: changed,
        revokedApiTokens: await revokeTokensBeyond(manager, member, scopesNow(changed)),
      };
    });
  }

  /**
   * @returns null when the tenant has no such member
   * @throws DomainError as {@link update}
   */
  remove(caller: MemberChanger, userId: string): Promise<ChangedMember | null> {
    return this.keepingAnAdmin(caller.tenantId, async (manager) => {
      const member = await manager.findOneBy(UserEntity, { tenantId: caller.tenantId, userId });
      if (!member) return null;
      assertMayChange(caller, member, false);
      await manager.delete(UserEntity, { userId });
      return { member, revokedApiTokens: await revokeTokensBeyond(manager, member, []) };
    });
  }

  private keepingAnAdmin<T>(tenantId: string, change: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT 1 FROM tenants WHERE tenant_id = $1 FOR UPDATE', [tenantId]);
      // Also operators of other tenants: the last two must not remove each other at the same moment.
      await manager.query('SELECT 1 FROM users WHERE is_operator ORDER BY user_id FOR UPDATE');
      const hadOperator = await manager.existsBy(UserEntity, ENABLED_OPERATOR);
      const result = await change(manager);
      const hasAdmin = await manager.existsBy(UserEntity, { tenantId, role: 'admin', isDisabled: false });
      if (!hasAdmin) {
        throw new DomainError('conflict', 'This is the last enabled admin; make someone else admin first');
      }
      if (hadOperator && !(await manager.existsBy(UserEntity, ENABLED_OPERATOR))) {
        throw new DomainError(
          'conflict',
          'This is the last enabled operator; make someone else operator first',
        );
      }
      return result;
    });
  }
}

const ENABLED_OPERATOR = { isOperator: true, isDisabled: false };

/** Only operators may change operators. @throws DomainError `forbidden` */
function assertMayChange(caller: MemberChanger, member: User, isOperator: boolean): void {
  if (!mayManage(caller, member) || !mayManage(caller, { isOperator })) throw operatorsOnly();
}

function scopesNow(member: User): readonly ApiTokenScope[] {
  return member.isDisabled ? [] : scopesOfMember(member);
}

/**
 * Deletes the API tokens of the member that have more than these scopes, since copies of them would stay valid; also
 * those that the member's tokens made. Tokens are found by the email of their owner, which is unique and never changes.
 */
async function revokeTokensBeyond(
  manager: EntityManager,
  { tenantId, email }: User,
  scopes: readonly ApiTokenScope[],
): Promise<string[]> {
  const [rows] = await manager.query<[{ name: string }[], number]>(
    `DELETE FROM api_tokens WHERE tenant_id = $1 AND owner_email = $2 AND NOT scopes <@ $3::text[] RETURNING name`,
    [tenantId, email, scopes],
  );
  return rows.map((row) => row.name).sort();
}
