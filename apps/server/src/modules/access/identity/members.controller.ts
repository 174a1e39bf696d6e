import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { Member, MemberWithPassword, UpdateMemberRequest } from '@im/contracts/api/members';
import { memberRoutes } from '@im/contracts/routes/access-routes';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access.decorators.js';
import { CreateMemberService } from './create-member.service.js';
import {
  ChangeMembersRepository,
  type ChangedMember,
  type MemberChanger,
} from './data/change-members.repository.js';
import { SecondFactorsRepository } from './data/second-factors.repository.js';
import type { User } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { isOperator, type Identity } from './domain/identity.js';
import { ResetMemberPasswordService } from './reset-member-password.service.js';

@Controller()
export class MembersController {
  constructor(
    private readonly users: UsersRepository,
    private readonly secondFactors: SecondFactorsRepository,
    private readonly createMember: CreateMemberService,
    private readonly members: ChangeMembersRepository,
    private readonly resetMemberPassword: ResetMemberPasswordService,
  ) {}

  @Route(memberRoutes.list)
  async list(@Input() { caller, query }: RouteInput<typeof memberRoutes.list>): Promise<Page<Member>> {
    const { limit, cursor } = query;
    const rows = await this.users.listMembers(caller.tenantId, { limit, beforeId: readIdCursor(cursor) });
    const withSecondFactor = await this.secondFactors.findConfirmed(rows.map((row) => row.userId));
    return idPage(
      rows,
      limit,
      (row) => row.userId,
      (row) => presentMember(row, withSecondFactor.has(row.userId)),
    );
  }

  @Route(memberRoutes.create)
  async create(
    @Input() { caller, body, audit }: RouteInput<typeof memberRoutes.create>,
  ): Promise<Single<MemberWithPassword>> {
    const { member, generatedPassword } = await this.createMember.create(caller.tenantId, body);
    const { userId, email, role } = member;
    audit.note({ targetId: userId, detail: { email, role } });
    return {
      data: {
        ...presentMember(member, false),
        ...(generatedPassword && { temporaryPassword: generatedPassword }),
      },
    };
  }

  /**
   * A new role or disabling ends the member's sessions; a member who may no longer manage API tokens loses theirs.
   */
  @Route(memberRoutes.update)
  async update(
    @Input() { caller, path, body, audit }: RouteInput<typeof memberRoutes.update>,
  ): Promise<Single<Member>> {
    const changed = await this.members.update(changerOf(caller), path.memberId, body);
    if (!changed) throw DomainError.notFound('member');
    audit.note({ detail: detailOf(changed, body) });
    return { data: await this.present(changed.member) };
  }

  /** Also deletes the member's sessions and API tokens; audit entries stay. */
  @Route(memberRoutes.delete)
  async delete(@Input() { caller, path, audit }: RouteInput<typeof memberRoutes.delete>): Promise<void> {
    const removed = await this.members.remove(changerOf(caller), path.memberId);
    if (!removed) throw DomainError.notFound('member');
    audit.note({ detail: detailOf(removed) });
  }

  @Route(memberRoutes.reset)
  async reset(
    @Input() { caller, path, audit }: RouteInput<typeof memberRoutes.reset>,
  ): Promise<Single<MemberWithPassword>> {
    const { member, generatedPassword } = await this.resetMemberPassword.reset(caller, path.memberId);
    audit.note({ detail: { email: member.email } });
    return { data: { ...(await this.present(member)), temporaryPassword: generatedPassword } };
  }

  private async present(member: User): Promise<Member> {
    const withSecondFactor = await this.secondFactors.findConfirmed([member.userId]);
    return presentMember(member, withSecondFactor.has(member.userId));
  }
}

function changerOf(caller: Identity): MemberChanger {
  return { tenantId: caller.tenantId, isOperator: isOperator(caller) };
}

/** For the audit log. */
function detailOf({ member, revokedApiTokens }: ChangedMember, change: UpdateMemberRequest = {}) {
  const { email } = member;
  return { email, ...change, ...(revokedApiTokens.length > 0 && { revokedApiTokens }) };
}

function presentMember(user: User, hasSecondFactor: boolean): Member {
  return {
    memberId: user.userId,
    email: user.email,
    name: user.name,
    role: user.role,
    isDisabled: user.isDisabled,
    isOperator: user.isOperator,
    hasSecondFactor,
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}
