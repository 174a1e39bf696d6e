import { describe, expect, it } from 'vitest';
import { Batcher } from './batcher.js';

function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    opened: promise,
    open: () => {
      resolve(undefined);
    },
  };
}

describe('Batcher', () => {
  it('runs callers of the same moment together and gives each its own result', async () => {
    const batches: number[][] = [];
    const batcher = new Batcher<number, number>({
      maxItems: 10,
      concurrency: 1,
      run: (items) => {
        batches.push(items);
        return Promise.resolve(items.map((item) => item * 2));
      },
    });
    expect(await Promise.all([1, 2, 3].map((item) => batcher.add(item)))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('gathers late callers for the next run while one is under way', async () => {
    const batches: number[][] = [];
    const first = gate();
    const batcher = new Batcher<number, number>({
      maxItems: 10,
      concurrency: 1,
      run: async (items) => {
        batches.push(items);
        if (batches.length === 1) await first.opened;
        return items;
      },
    });
    const early = batcher.add(1);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    const late = [batcher.add(2), batcher.add(3)];
    first.open();
    await Promise.all([early, ...late]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('never puts more than maxItems into one run', async () => {
    const sizes: number[] = [];
    const batcher = new Batcher<number, number>({
      maxItems: 2,
      concurrency: 2,
      run: (items) => {
        sizes.push(items.length);
        return Promise.resolve(items);
      },
    });
    await Promise.all([1, 2, 3, 4, 5].map((item) => batcher.add(item)));
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('fails only the callers of the failed run and goes on', async () => {
    let runs = 0;
    const batcher = new Batcher<number, number>({
      maxItems: 1,
      concurrency: 1,
      run: (items) => {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error('away')) : Promise.resolve(items);
      },
    });
    const results = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
  });

  it('refuses a run that answers fewer results than it was given items', async () => {
    const batcher = new Batcher<number, number>({
      maxItems: 5,
      concurrency: 1,
      run: () => Promise.resolve([]),
    });
    await expect(batcher.add(1)).rejects.toThrow('A batch of 1 got 0 results');
  });

  it('weighs items where they differ, and never divides one', async () => {
    const runs: number[][] = [];
    const batcher = new Batcher<number, number>({
      maxItems: 10,
      sizeOf: (weight) => weight,
      concurrency: 1,
      run: (items) => {
        runs.push(items);
        return Promise.resolve(items);
      },
    });
    await Promise.all([4, 6, 1, 25, 3].map((weight) => batcher.add(weight)));
    expect(runs).toEqual([[4, 6], [1], [25], [3]]);
  });

  describe('that may linger', () => {
    function lingering(maxItems = 10, areIndependent = false) {
      const batches: number[][] = [];
      const batcher = new Batcher<number, number>({
        maxItems,
        concurrency: 1,
        lingerMs: 60_000,
        areIndependent,
        run: (items) => {
          batches.push(items);
          return Promise.resolve(items);
        },
      });
      return { batches, batcher };
    }

    it('does not while callers come one by one', async () => {
      const { batches, batcher } = lingering();
      await batcher.add(1);
      await batcher.add(2);
      expect(batches).toEqual([[1], [2]]);
    });

    it('waits for more callers once several came together, until an urgent one comes', async () => {
      const { batches, batcher } = lingering();
      await Promise.all([1, 2, 3].map((item) => batcher.add(item)));
      const waiting = batcher.add(4);
      await new Promise(setImmediate);
      expect(batches).toHaveLength(1);
      await Promise.all([batcher.add(5, true), waiting]);
      expect(batches).toEqual([
        [1, 2, 3],
        [4, 5],
      ]);
    });

    it('waits for more independent callers at their pace, though each had a batch of its own', async () => {
      const { batches, batcher } = lingering(10, true);
      for (const item of [1, 2]) await batcher.add(item);
      const waiting = [batcher.add(3), batcher.add(4)];
      await new Promise(setImmediate);
      expect(batches).toEqual([[1], [2]]);
      await Promise.all([...waiting, batcher.add(5, true)]);
      expect(batches).toEqual([[1], [2], [3, 4, 5]]);
    });

    it('waits no longer than until the batch is full', async () => {
      const { batches, batcher } = lingering(3);
      await Promise.all([1, 2, 3].map((item) => batcher.add(item)));
      await Promise.all([4, 5, 6].map((item) => batcher.add(item)));
      expect(batches).toEqual([
        [1, 2, 3],
        [4, 5, 6],
      ]);
    });
  });
});
