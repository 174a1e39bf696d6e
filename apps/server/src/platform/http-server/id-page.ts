/** Pages lists by id: newest first; the cursor is the last id of the page before. */
import type { Page } from '@im/contracts/api/common';
import { DomainError } from '../errors/domain-error.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return UUID.test(text);
}

/** @throws DomainError `invalid_input` when the cursor is invalid */
export function readIdCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (isId(cursor)) return cursor;
  throw DomainError.invalid({
    pointer: '?cursor',
    code: 'invalid_format',
    message: 'is not a cursor of this list',
  });
}

/**
 * Makes a page of rows that were read with one row more than the limit.
 *
 * @param idOf the key the list is ordered by
 */
export function idPage<Row, Item>(
  rows: Row[],
  limit: number,
  idOf: (row: Row) => string,
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(present),
    page: { nextCursor: rows.length > limit && last !== undefined ? idOf(last) : null },
  };
}
