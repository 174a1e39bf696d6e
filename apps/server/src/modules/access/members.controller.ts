import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Patch, Post, Query } from '@nestjs/common';
import { pageQuerySchema, type Page, type Single } from '@im/contracts/api/common';
import {
  createMemberRequestSchema,
  updateMemberRequestSchema,
  type Member,
  type MemberWithPassword,
} from '@im/contracts/api/members';
import { idPage, readIdCursor } from '../../platform/http/id-page.js';
import { parseBody, parseId, parseQuery } from '../../platform/http/parse-input.js';
import { Access, ADMIN_ONLY, Caller } from './access.decorators.js';
import { CreateMemberService } from './create-member.service.js';
import type { User } from './data/user.entity.js';
import { UsersRepository } from './data/users.repository.js';
import { DeleteMemberService } from './delete-member.service.js';
import type { Identity } from './domain/identity.js';
import { ResetMemberPasswordService } from './reset-member-password.service.js';
import { UpdateMemberService } from './update-member.service.js';

@Controller('members')
@Access({ roles: ADMIN_ONLY })
export class MembersController {
  constructor(
    private readonly users: UsersRepository,
    private readonly createMember: CreateMemberService,
    private readonly updateMember: UpdateMemberService,
    private readonly deleteMember: DeleteMemberService,
    private readonly resetMemberPassword: ResetMemberPasswordService,
  ) {}

  @Get()
  async list(@Caller() identity: Identity, @Query() query: unknown): Promise<Page<Member>> {
    const { limit, cursor } = parseQuery(pageQuerySchema, query);
    const rows = await this.users.listMembers(identity.tenantId, { limit, beforeId: readIdCursor(cursor) });
    return idPage(rows, limit, (row) => row.userId, presentMember);
  }

  @Post()
  async create(
    @Caller() identity: Identity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<MemberWithPassword>> {
    const request = parseBody(createMemberRequestSchema, body);
    const { member, generatedPassword } = await this.createMember.create(identity, request, ipAddress);
    return {
      data: { ...presentMember(member), ...(generatedPassword && { temporaryPassword: generatedPassword }) },
    };
  }

  @Patch(':memberId')
  async update(
    @Caller() identity: Identity,
    @Param('memberId') memberId: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<Member>> {
    const change = parseBody(updateMemberRequestSchema, body);
    const member = await this.updateMember.update(identity, parseId(memberId, 'member'), change, ipAddress);
    return { data: presentMember(member) };
  }

  @Delete(':memberId')
  @HttpCode(204)
  async delete(
    @Caller() identity: Identity,
    @Param('memberId') memberId: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.deleteMember.delete(identity, parseId(memberId, 'member'), ipAddress);
  }

  @Post(':memberId/reset')
  @HttpCode(200)
  async reset(
    @Caller() identity: Identity,
    @Param('memberId') memberId: string,
    @Ip() ipAddress: string,
  ): Promise<Single<MemberWithPassword>> {
    const id = parseId(memberId, 'member');
    const { member, generatedPassword } = await this.resetMemberPassword.reset(identity, id, ipAddress);
    return { data: { ...presentMember(member), temporaryPassword: generatedPassword } };
  }
}

function presentMember(user: User): Member {
  return {
    memberId: user.userId,
    email: user.email,
    name: user.name,
    role: user.role,
    isDisabled: user.isDisabled,
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}
