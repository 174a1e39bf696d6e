/** Counts the sealed values of any column by key, and replaces them. */
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { RESEAL_LOCK, tryLock } from '../../../platform/database/advisory-locks.js';
import { MARK_BYTES } from '../../../platform/crypto/secret-box.js';
import type { SealedColumn } from '../sealed-columns.js';

export interface SealedValue {
  /** Of the row. */
  id: string;
  value: Buffer;
}

export interface ResealedValue extends SealedValue {
  resealed: Buffer;
}

export interface MarkCount {
  /** What the values begin with: layout and key. */
  mark: Buffer;
  count: number;
}

@Injectable()
export class SealedValuesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Version 1 names no key, so only the version is compared. */
  countByMark({ table, column }: SealedColumn): Promise<MarkCount[]> {
    return this.dataSource.query<MarkCount[]>(
      `SELECT mark, count(*) AS count FROM (
         SELECT substring(${column} FROM 1 FOR CASE get_byte(${column}, 0) WHEN 1 THEN 1 ELSE ${String(MARK_BYTES)} END) AS mark
         FROM ${table} WHERE length(${column}) > 0
       ) AS marked GROUP BY mark`,
    );
  }

  /** Any values of a column, the newest rows first. */
  sample({ table, column, idColumn }: SealedColumn, limit: number): Promise<SealedValue[]> {
    return this.dataSource.query<SealedValue[]>(
      `SELECT ${idColumn} AS id, ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL
       ORDER BY ${idColumn} DESC LIMIT $1`,
      [limit],
    );
  }

  /**
   * Replaces a batch of values that do not begin with the mark, in one transaction, in one process at a time.
   *
   * @param after the id to go on from; null: from the first
   * @param reseal computes the replacements; values without one stay
   * @returns the last id checked; undefined: there are no more; null: another process is doing it
   */
  replaceBatch(
    column: SealedColumn,
    batch: { mark: Buffer; after: string | null; limit: number },
    reseal: (values: SealedValue[]) => ResealedValue[],
  ): Promise<string | null | undefined> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await tryLock(manager, RESEAL_LOCK))) return null;
      const values = await outdated(manager, column, batch);
      const resealed = reseal(values);
      if (resealed.length > 0) await replace(manager, column, resealed);
      return values.at(-1)?.id;
    });
  }
}

/** Values of the same id stay together, so that continuing after an id skips none. */
function outdated(
  manager: EntityManager,
  { table, column, idColumn }: SealedColumn,
  { mark, after, limit }: { mark: Buffer; after: string | null; limit: number },
): Promise<SealedValue[]> {
  const isOutdated = `length(${column}) > 0 AND substring(${column} FROM 1 FOR ${String(MARK_BYTES)}) <> $1`;
  return manager.query<SealedValue[]>(
    `WITH ids AS (
       SELECT DISTINCT ${idColumn} AS id FROM ${table}
       WHERE ${isOutdated} AND ($2::uuid IS NULL OR ${idColumn} > $2) ORDER BY 1 LIMIT $3
     )
     SELECT DISTINCT id, ${column} AS value FROM ids JOIN ${table} ON ${table}.${idColumn} = ids.id
     WHERE ${isOutdated} ORDER BY id`,
    [mark, after, limit],
  );
}

/** Only if the value is still the one that was read: it may have been set again. */
async function replace(
  manager: EntityManager,
  { table, column, idColumn }: SealedColumn,
  values: ResealedValue[],
): Promise<void> {
  await manager.query(
    `UPDATE ${table} t SET ${column} = i.resealed
     FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS i(id, value, resealed)
     WHERE t.${idColumn} = i.id AND t.${column} = i.value`,
    [values.map(({ id }) => id), values.map(({ value }) => value), values.map(({ resealed }) => resealed)],
  );
}
