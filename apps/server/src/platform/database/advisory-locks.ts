/** Names the jobs of this service among PostgreSQL's advisory locks, by arbitrary numbers. */
import type { EntityManager } from 'typeorm';

export const MIGRATION_LOCK = 4_010_000;
export const PARTITIONS_LOCK = 4_010_001;
export const RETENTION_LOCK = 4_010_002;
export const COUNTS_LOCK = 4_010_003;
export const RECOVERY_LOCK = 4_010_004;
export const SECRETS_KEY_LOCK = 4_010_005;
export const RESEAL_LOCK = 4_010_006;
export const ALERT_ROUND_LOCK = 4_010_010;

/**
 * Takes a lock until the transaction ends, so that it works behind a pooler too.
 *
 * @returns false when another process has the lock
 */
export async function tryLock(manager: EntityManager, key: number): Promise<boolean> {
  const [row] = await manager.query<{ isMine: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock($1) AS "isMine"',
    [key],
  );
  return row?.isMine ?? false;
}

/** Waits for one of the locks of a kind, each named by an id, and keeps it until the transaction ends. */
export async function lockOf(manager: EntityManager, kind: number, id: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1::integer, hashtext($2))', [kind, id]);
}
