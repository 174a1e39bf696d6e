import { expect, it } from 'vitest';
import { mapWithLimit } from './map-with-limit.js';

const ITEMS = Array.from({ length: 50 }, (_, index) => index);

it('does everyitem, eight at a time, and answers in order', async () => {
  let underWay = 0;
  let most = 0;
  const results = await mapWithLimit(ITEMS, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
    return item * 2;
  });
  expect(results).toEqual(ITEMS.map((item) => item * 2));
  expect(most).toBe(8);
});

it('starts noitem more after a failure, and waits for what it has started', async () => {
  const ended: number[] = [];
  const work = mapWithLimit(ITEMS, async (item) => {
    if (item === 3) throw new Error('refused');
    await Promise.resolve();
    ended.push(item);
  });
  await expect(work).rejects.toThrow('refused');
  expect(ended).toEqual([0, 1, 2, 4, 5, 6, 7]);
});
