import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SharedAnswers } from './shared-answers.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a shared answer', () => {
  it('is looked for once by all who ask at the same time, and given again for a moment', async () => {
    const answers = new SharedAnswers<number>({ keptMs: 1_000, maxKept: 10 });
    let searches = 0;
    const ask = () => answers.find('q', () => Promise.resolve((searches += 1)));
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    vi.advanceTimersByTime(999);
    expect(await ask()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await ask()).toBe(2);
  });

  it('is none of another question', async () => {
    const answers = new SharedAnswers<string>({ keptMs: 1_000, maxKept: 10 });
    const ask = (question: string) => answers.find(question, () => Promise.resolve(question));
    expect(await Promise.all([ask('a'), ask('b')])).toEqual(['a', 'b']);
  });

  it('is not kept when it is a failure', async () => {
    const answers = new SharedAnswers<number>({ keptMs: 1_000, maxKept: 10 });
    const failing = () => answers.find('q', () => Promise.reject(new Error('no')));
    await Promise.all([failing(), failing()].map((each) => expect(each).rejects.toThrow('no')));
    expect(await answers.find('q', () => Promise.resolve(1))).toBe(1);
  });

  it('is not kept beyond the limit of answers', async () => {
    const answers = new SharedAnswers<number>({ keptMs: 1_000, maxKept: 1 });
    let searches = 0;
    const ask = (question: string) => answers.find(question, () => Promise.resolve((searches += 1)));
    await ask('a');
    expect([await ask('b'), await ask('b'), await ask('a')]).toEqual([2, 3, 1]);
    vi.advanceTimersByTime(1_000);
    expect([await ask('b'), await ask('b')]).toEqual([4, 4]);
  });
});
