import { Body, Controller, Ip, Param, Query } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { Member, MemberWithPassword } from '@im/contracts/api/members';
import { memberRoutes } from '@im/contracts/routes/access-routes';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { parseBody, parseId, parseQuery } from '../../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access.decorators.js';
import { CreateMemberService } from './create-member.service.js';
import { SecondFactorsRepository } from './data/second-factors.repository.js';
import type { User } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { DeleteMemberService } from './delete-member.service.js';
import type { SessionIdentity } from './domain/identity.js';
import { ResetMemberPasswordService } from './reset-member-password.service.js';
import { UpdateMemberService } from './update-member.service.js';

@Controller()
export class MembersController {
  constructor(
    private readonly users: UsersRepository,
    private readonly secondFactors: SecondFactorsRepository,
    private readonly createMember: CreateMemberService,
    private readonly updateMember: UpdateMemberService,
    private readonly deleteMember: DeleteMemberService,
    private readonly resetMemberPassword: ResetMemberPasswordService,
  ) {}

  @Route(memberRoutes.list)
  async list(@Caller() identity: SessionIdentity, @Query() query: unknown): Promise<Page<Member>> {
    const { limit, cursor } = parseQuery(memberRoutes.list.query, query);
    const rows = await this.users.listMembers(identity.tenantId, { limit, beforeId: readIdCursor(cursor) });
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
    @Caller() identity: SessionIdentity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<MemberWithPassword>> {
    const request = parseBody(memberRoutes.create.body, body);
    const { member, generatedPassword } = await this.createMember.create(identity, request, ipAddress);
    return {
      data: {
        ...presentMember(member, false),
        ...(generatedPassword && { temporaryPassword: generatedPassword }),
      },
    };
  }

  @Route(memberRoutes.update)
  async update(
    @Caller() identity: SessionIdentity,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<Member>> {
    const id = parseId(memberId, 'member');
    if (!(await this.users.findMember(identity.tenantId, id))) throw DomainError.notFound('member');
    const change = parseBody(memberRoutes.update.body, body);
    const member = await this.updateMember.update(identity, id, change, ipAddress);
    return { data: await this.present(member) };
  }

  @Route(memberRoutes.delete)
  async delete(
    @Caller() identity: SessionIdentity,
    @Param('memberId') memberId: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.deleteMember.delete(identity, parseId(memberId, 'member'), ipAddress);
  }

  @Route(memberRoutes.reset)
  async reset(
    @Caller() identity: SessionIdentity,
    @Param('memberId') memberId: string,
    @Ip() ipAddress: string,
  ): Promise<Single<MemberWithPassword>> {
    const id = parseId(memberId, 'member');
    const { member, generatedPassword } = await this.resetMemberPassword.reset(identity, id, ipAddress);
    return { data: { ...(await this.present(member)), temporaryPassword: generatedPassword } };
  }

  private async present(member: User): Promise<Member> {
    const withSecondFactor = await this.secondFactors.findConfirmed([member.userId]);
    return presentMember(member, withSecondFactor.has(member.userId));
  }
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
