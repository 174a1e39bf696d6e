import { expect, it } from 'vitest';
import { EventBlocks } from './event-blocks.js';

const TEXT = 'data: 1\n\n: beat\n\ndata: 2\ndata: 3\n\nid: 4';

it.each([1, 2, 3, 7, 100])('finds the blocks in pieces of %i characters', (size) => {
  const blocks = new EventBlocks();
  const pieces = TEXT.match(new RegExp(`[^]{1,${String(size)}}`, 'g')) ?? [];
  expect(pieces.flatMap((piece) => blocks.take(piece))).toEqual(['data: 1', ': beat', 'data: 2\ndata: 3']);
  expect(blocks.take('\n\n')).toEqual(['id: 4']);
});

it('refuses an event that does not end', () => {
  const blocks = new EventBlocks();
  const piece = 'x'.repeat(16 * 1_048_576);
  for (let count = 0; count < 4; count += 1) expect(blocks.take(piece)).toEqual([]);
  expect(() => blocks.take('x')).toThrow(RangeError);
});
