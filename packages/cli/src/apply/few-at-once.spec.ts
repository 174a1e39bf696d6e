import { expect, it } from 'vitest';
import { fewAtOnce } from './few-at-once.js';

const THINGS = Array.from({ length: 50 }, (_, index) => index);

it('does everything, eight at a time, and answers in order', async () => {
  let underWay = 0;
  let most = 0;
  const results = await fewAtOnce(THINGS, async (thing) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
    return thing * 2;
  });
  expect(results).toEqual(THINGS.map((thing) => thing * 2));
  expect(most).toBe(8);
});

it('begins nothing more after a failure, and lets what has begun end', async () => {
  const ended: number[] = [];
  const work = fewAtOnce(THINGS, async (thing) => {
    if (thing === 3) throw new Error('refused');
    await Promise.resolve();
    ended.push(thing);
  });
  await expect(work).rejects.toThrow('refused');
  expect(ended).toEqual([0, 1, 2, 4, 5, 6, 7]);
});
