import { Injectable } from '@nestjs/common';
import type { Role } from '@im/contracts/api/auth';
import { DataSource } from 'typeorm';

export interface LiveSession {
  sessionHash: Buffer;
  lastSeenAt: Date;
  userId: string;
  tenantId: string;
  email: string;
  role: Role;
}

export interface NewSession {
  sessionHash: Buffer;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
}

@Injectable()
export class SessionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(session: NewSession): Promise<void> {
    const { sessionHash, userId, createdAt, expiresAt, ipAddress, userAgent } = session;
    await this.dataSource.query(
      `INSERT INTO sessions (session_hash, user_id, created_at, last_seen_at, expires_at, ip_address, user_agent)
       VALUES ($1, $2, $3, $3, $4, $5, $6)`,
      [sessionHash, userId, createdAt, expiresAt, ipAddress, userAgent],
    );
  }

  /** Sessions that have not expired, of users who are not disabled; in no order. */
  findLive(sessionHashes: readonly Buffer[], now: Date): Promise<LiveSession[]> {
    return this.dataSource.query<LiveSession[]>(
      `SELECT s.session_hash AS "sessionHash", s.last_seen_at AS "lastSeenAt",
              u.user_id AS "userId", u.tenant_id AS "tenantId", u.email, u.role
       FROM sessions s JOIN users u USING (user_id)
       WHERE s.session_hash = ANY($1::bytea[]) AND s.expires_at > $2 AND NOT u.is_disabled`,
      [sessionHashes, now],
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

  async removeExpired(now: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM sessions WHERE expires_at <= $1', [now]);
  }
}
