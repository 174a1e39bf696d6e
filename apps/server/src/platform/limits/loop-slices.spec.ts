import { describe, expect, it } from 'vitest';
import { LoopSlices, workInSlices, type SlicedWork } from './loop-slices.js';

/** Steps that are longer than a slice. */
function* longSteps(count: number, done: () => void): SlicedWork<number> {
  for (let step = 0; step < count; step += 1) {
    const until = performance.now() + 6;
    while (performance.now() < until);
    done();
    yield;
  }
  return count;
}

/** Counts the iterations of the loop during `work`. */
async function iterationsDuring(work: Promise<unknown>): Promise<number> {
  let iterations = 0;
  let isOver = false;
  const count = (): void => {
    iterations += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await work;
  isOver = true;
  return iterations;
}

async function run<T>(slices: LoopSlices, owner: string, work: SlicedWork<T>): Promise<T> {
  return workInSlices(work, await slices.begin(owner));
}

describe('slices of the event loop', () => {
  it('give the loop back after each, however many work', async () => {
    const slices = new LoopSlices();
    const works = ['a', 'a', 'b'].map((owner) =>
      run(
        slices,
        owner,
        longSteps(4, () => undefined),
      ),
    );
    expect(await iterationsDuring(Promise.all(works))).toBeGreaterThanOrEqual(12);
    expect(await Promise.all(works)).toEqual([4, 4, 4]);
  });

  it('go to owners round robin', async () => {
    const slices = new LoopSlices();
    const order: string[] = [];
    const work = (owner: string, name: string) =>
      run(
        slices,
        owner,
        longSteps(2, () => order.push(name)),
      );
    await Promise.all([work('a', 'a1'), work('a', 'a2'), work('a', 'a3'), work('b', 'b1')]);
    expect(order.slice(0, 2)).toEqual(['a1', 'b1']);
    // The fourth owner's work ended long before that of the busy one.
    expect(order.lastIndexOf('b1')).toBeLessThan(order.lastIndexOf('a1'));
  });

  it('pass on what the work throws', async () => {
    const slices = new LoopSlices();
    // eslint-disable-next-line require-yield -- it fails before it gets there
    function* failing(): SlicedWork<void> {
      throw new Error('broken');
    }
    await expect(run(slices, 'a', failing())).rejects.toThrow('broken');
    await expect(slices.next('a')).resolves.toBeUndefined();
  });

  it('are refused to one owner alone who queues too much', async () => {
    const slices = new LoopSlices();
    const waiting = Array.from({ length: 200 }, () => slices.next('a'));
    await expect(slices.next('a')).rejects.toMatchObject({ code: 'too_many_requests' });
    await expect(slices.next('b')).resolves.toBeUndefined();
    await Promise.all(waiting);
  });

  it('that start in the current iteration pause anyway', async () => {
    const iterations = iterationsDuring(
      workInSlices(
        longSteps(3, () => undefined),
        new LoopSlices().goOn('a'),
      ),
    );
    expect(await iterations).toBeGreaterThanOrEqual(3);
  });
});
