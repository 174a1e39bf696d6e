import { Injectable } from '@nestjs/common';
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
      const losesTokens = mayMakeTokens(member) && !mayMakeTokens(changed);
      return { member: changed, revokedApiTokens: losesTokens ? await revokeTokensOf(manager, member) : [] };
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
      return { member, revokedApiTokens: await revokeTokensOf(manager, member) };
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

function mayMakeTokens({ role, isDisabled }: User): boolean {
  return !isDisabled && role !== 'support';
}

/**
 * Deletes the member's API tokens, since copies of them would stay valid. Tokens are found by the email of their
 * creator, which is unique and never changes.
 */
async function revokeTokensOf(manager: EntityManager, { tenantId, email }: User): Promise<string[]> {
  const [rows] = await manager.query<[{ name: string }[], number]>(
    'DELETE FROM api_tokens WHERE tenant_id = $1 AND created_by = $2 RETURNING name',
    [tenantId, email],
  );
  return rows.map((row) => row.name).sort();
}
