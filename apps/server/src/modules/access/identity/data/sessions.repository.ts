import { Injectable } from '@nestjs/common';
import type { Role, SessionMethod } from '@im/contracts/api/auth';
import {
  DataSource,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  Not,
  type EntityManager,
  type Repository,
} from 'typeorm';
import { SessionEntity } from './session.entity.js';

export interface LiveSession {
  sessionHash: Buffer;
  lastSeenAt: Date;
  userId: string;
  tenantId: string;
  email: string;
  role: Role;
  sessionId: string;
  method: SessionMethod;
  openedAt: Date;
  isOperator: boolean;
  mustSetUpSecondFactor: boolean;
  mustChangePassword: boolean;
}

export type SessionRow = Omit<SessionEntity, 'sessionHash' | 'userId'>;
export type NewSession = Omit<SessionEntity, 'lastSeenAt'>;

@Injectable()
export class SessionsRepository {
  private readonly rows: Repository<SessionEntity>;

  constructor(private readonly dataSource: DataSource) {
    this.rows = dataSource.getRepository(SessionEntity);
  }

  async insert(session: NewSession): Promise<void> {
    await this.rows.insert({ ...session, lastSeenAt: session.createdAt });
  }

  /**
   * Sessions that have not expired, of users who are not disabled in tenants that are not suspended; in no order. The
   * tenant's second factor applies to password logins only: single sign-on has its own. An operator has operator rights
   * only after a password login: an identity provider speaks for one tenant, not for the installation.
   */
  findLive(sessionHashes: readonly Buffer[], now: Date): Promise<LiveSession[]> {
    return this.dataSource.query<LiveSession[]>(
      `SELECT s.session_hash AS "sessionHash", s.last_seen_at AS "lastSeenAt", s.session_id AS "sessionId",
              u.user_id AS "userId", u.tenant_id AS "tenantId", u.email, u.role, s.method,
              s.created_at AS "openedAt", (u.is_operator AND s.method = 'password') AS "isOperator",
              (t.requires_second_factor AND s.method = 'password' AND f.user_id IS NULL) AS "mustSetUpSecondFactor",
              (u.must_change_password AND s.method = 'password') AS "mustChangePassword"
       FROM sessions s JOIN users u USING (user_id) JOIN tenants t USING (tenant_id)
         LEFT JOIN second_factors f ON f.user_id = u.user_id AND f.confirmed_at IS NOT NULL
       WHERE s.session_hash = ANY($1::bytea[]) AND s.expires_at > $2 AND NOT u.is_disabled
         AND t.suspended_at IS NULL`,
      [sessionHashes, now],
    );
  }

  /** A user's sessions that have not expired, by descending id; one row more than the limit when there are others. */
  listOfUser(
    userId: string,
    now: Date,
    page: { limit: number; beforeId: string | null },
  ): Promise<SessionRow[]> {
    return this.rows.find({
      where: {
        userId,
        expiresAt: MoreThan(now),
        ...(page.beforeId !== null && { sessionId: LessThan(page.beforeId) }),
      },
      order: { sessionId: 'DESC' },
      take: page.limit + 1,
    });
  }

  /** Extends the expiry. Skips rows that are locked by another writer. */
  async noteUse(sessionHashes: readonly Buffer[], now: Date, idleMs: number, maxMs: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE sessions AS s
       SET last_seen_at = $2::timestamptz,
           expires_at = least($2::timestamptz + $3 * interval '1 ms', s.created_at + $4 * interval '1 ms')
       FROM (
         SELECT session_hash FROM sessions WHERE session_hash = ANY($1::bytea[]) FOR UPDATE SKIP LOCKED
       ) AS used
       WHERE s.session_hash = used.session_hash`,
      [sessionHashes, now, idleMs, maxMs],
    );
  }

  async remove(sessionHash: Buffer): Promise<void> {
    await this.rows.delete({ sessionHash });
  }

  /** @returns whether the user had such a session */
  async removeOfUser(userId: string, sessionId: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ userId, sessionId });
    return affected === 1;
  }

  /** @see endSessionsOf */
  removeAllOfUser(userId: string, keptSessionId: string | null): Promise<number> {
    return endSessionsOf(this.dataSource.manager, userId, keptSessionId);
  }

  async removeExpired(now: Date): Promise<void> {
    await this.rows.delete({ expiresAt: LessThanOrEqual(now) });
  }
}

/**
 * Ends a user's sessions.
 *
 * @param keptSessionId the one that goes on; null: none does
 * @returns how many ended
 */
export async function endSessionsOf(
  manager: EntityManager,
  userId: string,
  keptSessionId: string | null,
): Promise<number> {
  const kept = keptSessionId === null ? {} : { sessionId: Not(keptSessionId) };
  const { affected } = await manager.delete(SessionEntity, { userId, ...kept });
  return affected ?? 0;
}
