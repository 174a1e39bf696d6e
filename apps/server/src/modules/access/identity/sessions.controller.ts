import { Controller, Ip, Param, Query } from '@nestjs/common';
import type { Session } from '@im/contracts/api/auth';
import type { Page } from '@im/contracts/api/common';
import { memberRoutes } from '@im/contracts/routes/access-routes';
import { authRoutes } from '@im/contracts/routes/auth-routes';
import { Clock } from '../../../platform/clock/clock.js';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { parseId, parseQuery } from '../../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access.decorators.js';
import { SessionsRepository, type SessionRow } from './data/sessions.repository.js';
import { deviceText } from './domain/device-text.js';
import type { SessionIdentity } from './domain/identity.js';
import { EndSessionsService } from './end-sessions.service.js';

/** Its rules name no scope, so the caller always has a session. */
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly endSessions: EndSessionsService,
    private readonly clock: Clock,
  ) {}

  @Route(authRoutes.listSessions)
  async list(
    @Caller() { userId, sessionId }: SessionIdentity,
    @Query() query: unknown,
  ): Promise<Page<Session>> {
    const { limit, cursor } = parseQuery(authRoutes.listSessions.query, query);
    const page = { limit, beforeId: readIdCursor(cursor) };
    const rows = await this.sessions.listOfUser(userId, this.clock.now(), page);
    return idPage(
      rows,
      limit,
      (row) => row.sessionId,
      (row) => presentSession(row, sessionId),
    );
  }

  @Route(authRoutes.endSession)
  async endOne(
    @Caller() identity: SessionIdentity,
    @Param('sessionId') sessionId: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.endSessions.endOwn(identity, parseId(sessionId, 'session'), ipAddress);
  }

  @Route(authRoutes.endOtherSessions)
  async endOthers(@Caller() identity: SessionIdentity, @Ip() ipAddress: string): Promise<void> {
    await this.endSessions.endOtherOwn(identity, ipAddress);
  }

  @Route(memberRoutes.endSessions)
  async endAllOfMember(
    @Caller() identity: SessionIdentity,
    @Param('memberId') memberId: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.endSessions.endAllOfMember(identity, parseId(memberId, 'member'), ipAddress);
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
