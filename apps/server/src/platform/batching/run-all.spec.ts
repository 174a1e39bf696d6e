import { expect, it } from 'vitest';
import { runAll } from './run-all.js';

it('runs all, no more at a time than allowed, and tells of a failure once all have ended', async () => {
  let atOnce = 0;
  let most = 0;
  const done: number[] = [];
  const works = Array.from({ length: 9 }, (_, n) => async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise(setImmediate);
    atOnce -= 1;
    if (n === 4) throw new Error('the fifth');
    done.push(n);
  });
  await expect(runAll(works, 3)).rejects.toThrow('the fifth');
  expect(most).toBe(3);
  expect(done.toSorted()).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
});
