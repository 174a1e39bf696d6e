import { describe, expect, it } from 'vitest';
import { pageByOffset } from './page-by-offset.js';

const rows = Array.from({ length: 450 }, (_, index) => index);
const reads: number[] = [];

/** A list that pages by cursor: the next index. */
function read(limit: number, cursor: string | undefined) {
  reads.push(limit);
  const from = Number(cursor ?? 0);
  const end = from + limit;
  const nextCursor = end < rows.length ? String(end) : null;
  return Promise.resolve({ data: rows.slice(from, end), page: { nextCursor } });
}

describe('a page by offset', () => {
  it.each([
    [0, 20, rows.slice(0, 20), true],
    [3, 2, [3, 4], true],
    [200, 3, [200, 201, 202], true],
    [399, 2, [399, 400], true],
    [440, 10, rows.slice(440), false],
    [449, 20, [449], false],
    [450, 20, [], false],
    [10_000, 20, [], false],
  ])('at %d of %d rows', async (offset, limit, expected, hasMore) => {
    expect(await pageByOffset(read, { offset, limit })).toEqual({ rows: expected, hasMore });
  });

  it('reads at most 200 rows at once', () => {
    expect(Math.max(...reads)).toBeLessThanOrEqual(200);
  });
});
