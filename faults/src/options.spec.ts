import { describe, expect, it } from 'vitest';
import { readOptions, type FaultOptions } from './options.js';

const read = (...args: string[]): FaultOptions => {
  const options = readOptions(args);
  if (options === 'help') throw new Error('help was not asked for');
  return options;
};

describe('the options of a run', () => {
  it('plans rounds of two minutes at most, with alternating topologies, each with its own seed', () => {
    expect(read('--minutes', '5', '--seed', '3').rounds).toEqual([
      { seed: 3, topology: 'split', durationMs: 100_000 },
      { seed: 4, topology: 'all', durationMs: 100_000 },
      { seed: 5, topology: 'split', durationMs: 100_000 },
    ]);
  });

  it('runs one round again by its seed', () => {
    const again = read('--seed', '5', '--topology', 'all', '--minutes', '0.5');
    expect(again.rounds).toEqual([{ seed: 5, topology: 'all', durationMs: 30_000 }]);
  });

  it('draws a seed when it is given none', () => {
    expect(read('--short').seed).not.toBe(read('--short').seed);
  });

  it.each([
    ['--seed', '-1'],
    ['--seed', '1.5'],
    ['--minutes', '0'],
    ['--rate', 'fast'],
    ['--topology', 'star'],
  ])('refuses %s %s', (name, value) => {
    expect(() => readOptions([`${name}=${value}`])).toThrow(name);
  });
});
