import { describe, expect, it } from 'vitest';
import { CASE_NAMES, readOptions } from './options.js';

describe('the command line', () => {
  it.each<[string, string[], object]>([
    ['nothing', [], { cases: CASE_NAMES, topology: 'all', isQuick: false, hasLimits: true }],
    ['cases, in any order', ['--only', 'list, single'], { cases: ['single', 'list'] }],
    ['a length', ['--seconds', '7.5'], { seconds: 7.5 }],
    ['what a package manager puts in between', ['--', '--topology', 'split'], { topology: 'split' }],
    ['flags', ['--quick', '--no-limits', '--ids'], { isQuick: true, hasLimits: false, hasIds: true }],
    ['a smoke test', ['--smoke'], { isQuick: true, hasLimits: false, seconds: 1 }],
    ['one of some cases', ['--smoke', '--only', 'wide'], { cases: ['wide'], isQuick: true }],
  ])('understands %s', (_what, args, expected) => {
    expect(readOptions(args)).toMatchObject(expected);
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown case', ['--only', 'single,speed'], /no speed; there are single, batch/],
    ['a length that is none', ['--seconds', 'soon'], /--seconds/],
    ['another topology', ['--topology', 'ring'], /all or split/],
    ['an unknown option', ['--fast'], /--fast/],
  ])('refuses %s', (_what, args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
