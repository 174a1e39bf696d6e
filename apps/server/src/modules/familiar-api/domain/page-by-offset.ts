/** Reads a page by offset from a list that pages by cursor. */

/** Rows of a step. */
const STEP = 200;

interface CursorPage<T> {
  data: T[];
  page: { nextCursor: string | null };
}

/**
 * @param read one page of the list; its cursor is absent for the first one
 * @param offset rows before the page, bounded by the caller
 * @returns at most `limit` rows, and whether there are more
 */
export async function pageByOffset<T>(
  read: (limit: number, cursor: string | undefined) => Promise<CursorPage<T>>,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: T[]; hasMore: boolean }> {
  let cursor: string | undefined;
  for (let left = offset; left > 0; left -= STEP) {
    const { page } = await read(Math.min(left, STEP), cursor);
    if (page.nextCursor === null) return { rows: [], hasMore: false };
    cursor = page.nextCursor;
  }
  const { data, page } = await read(limit, cursor);
  return { rows: data, hasMore: page.nextCursor !== null };
}
