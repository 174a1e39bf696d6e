import { Injectable } from '@nestjs/common';
import type { Role, SessionMethod } from '@im/contracts/api/auth';
import { DataSource } from 'typeorm';

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

export interface SessionRow {
  sessionId: string;
  method: SessionMethod;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
}

export interface NewSession extends Omit<SessionRow, 'lastSeenAt'> {
  sessionHash: Buffer;
  userId: string;
}

@Injectable()
export class SessionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(session: NewSession): Promise<void> {
    const { sessionHash, userId, createdAt, expiresAt, ipAddress, userAgent, sessionId, method } = session;
    await this.dataSource.query(
      `INSERT INTO sessions (session_hash, user_id, created_at, last_seen_at, expires_at, ip_address, user_agent,
         session_id, method)
       VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8)`,
      [sessionHash, userId, createdAt, expiresAt, ipAddress, userAgent, sessionId, method],
    );
  }

  /**
   * Sessions that have not expired, of users who are not disabled in tenants that are not suspended; in no order. A
   * tenant's second factor is asked of those who logged in with a password: single sign-on asks for its own, and has no
   * use for a password that another member set. An
   * operator is one only with a password: an identity provider speaks for one tenant, not for the installation.
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
    return this.dataSource.query<SessionRow[]>(
      `SELECT session_id AS "sessionId", method, created_at AS "createdAt", last_seen_at AS "lastSeenAt",
              expires_at AS "expiresAt", ip_address AS "ipAddress", user_agent AS "userAgent"
       FROM sessions
       WHERE user_id = $1 AND expires_at > $2 AND ($3::uuid IS NULL OR session_id < $3)
       ORDER BY session_id DESC LIMIT $4`,
      [userId, now, page.beforeId, page.limit + 1],
    );
  }

  /** Moves the expiry along. A row somebody else is writing is left to them. */
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
    await this.dataSource.query('DELETE FROM sessions WHERE session_hash = $1', [sessionHash]);
  }

  /** @returns whether the user had such a session */
  async removeOfUser(userId: string, sessionId: string): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      'DELETE FROM sessions WHERE user_id = $1 AND session_id = $2 RETURNING session_id',
      [userId, sessionId],
    );
    return rows.length > 0;
  }

  /**
   * Ends a user's sessions.
   *
   * @param keptSessionId the one that goes on; null: none does
   * @returns how many ended
   */
  async removeAllOfUser(userId: string, keptSessionId: string | null): Promise<number> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      'DELETE FROM sessions WHERE user_id = $1 AND session_id IS DISTINCT FROM $2 RETURNING session_id',
      [userId, keptSessionId],
    );
    return rows.length;
  }

  async removeExpired(now: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM sessions WHERE expires_at <= $1', [now]);
  }
}
