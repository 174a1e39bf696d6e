import { Controller } from '@nestjs/common';
import type { Session } from '@im/contracts/api/auth';
import type { Page } from '@im/contracts/api/common';
import { memberRoutes } from '@im/contracts/routes/access-routes';
import { authRoutes } from '@im/contracts/routes/auth-routes';
import { Clock } from '../../../platform/clock/clock.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access.decorators.js';
import { SessionsRepository, type SessionRow } from './data/sessions.repository.js';
import { UsersRepository } from './data/users.repository.js';
import { deviceText } from './domain/device-text.js';

/** Lists and ends sessions. Every request looks its session up, so an ended session stops working at once. */
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    private readonly clock: Clock,
  ) {}

  @Route(authRoutes.listSessions)
  async list(@Input() { caller, query }: RouteInput<typeof authRoutes.listSessions>): Promise<Page<Session>> {
    const { limit, cursor } = query;
    const page = { limit, beforeId: readIdCursor(cursor) };
    const rows = await this.sessions.listOfUser(caller.userId, this.clock.now(), page);
    return idPage(
      rows,
      limit,
      (row) => row.sessionId,
      (row) => presentSession(row, caller.sessionId),
    );
  }

  /** Also the session of the request itself. */
  @Route(authRoutes.endSession)
  async endOne(@Input() { caller, path, audit }: RouteInput<typeof authRoutes.endSession>): Promise<void> {
    const { userId } = caller;
    const hasEnded = await this.sessions.removeOfUser(userId, path.sessionId);
    if (!hasEnded) throw DomainError.notFound('session');
    audit.note({ targetId: userId, detail: { ended: 1 } });
  }

  /** All sessions except that of the request. */
  @Route(authRoutes.endOtherSessions)
  async endOthers(@Input() { caller, audit }: RouteInput<typeof authRoutes.endOtherSessions>): Promise<void> {
    const { userId, sessionId } = caller;
    const ended = await this.sessions.removeAllOfUser(userId, sessionId);
    audit.note({ targetId: userId, detail: { ended } });
  }

  @Route(memberRoutes.endSessions)
  async endAllOfMember(
    @Input() { caller, path, audit }: RouteInput<typeof memberRoutes.endSessions>,
  ): Promise<void> {
    const member = await this.users.findMember(caller.tenantId, path.memberId);
    if (!member) throw DomainError.notFound('member');
    const ended = await this.sessions.removeAllOfUser(path.memberId, null);
    audit.note({ detail: { email: member.email, ended } });
  }
}

function presentSession(row: SessionRow, currentId: string): Session {
  const { sessionId, method, ipAddress, userAgent } = row;
  return {
    sessionId,
    method,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ipAddress,
    device: deviceText(userAgent),
    isCurrent: sessionId === currentId,
  };
}
