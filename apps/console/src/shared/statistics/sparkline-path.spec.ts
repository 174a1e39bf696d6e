import { expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path.js';

it.each([
  ['nothing', [], ''],
  ['only gaps', [null, null], ''],
  ['a rise', [0, 5, 10], 'M0 18L50 10L100 2'],
  ['a level of nothing', [0, 0], 'M0 18L100 18'],
  ['a level of something', [7, 7], 'M0 2L100 2'],
  ['a small dip as one', [100, 75, 100], 'M0 2L50 6L100 2'],
  ['a gap', [0, 10, null, 10, 0], 'M0 18L25 2M75 2L100 18'],
  ['a value alone', [null, 4, null], 'M50 2h0.01'],
])('draws %s', (_, values, path) => {
  expect(sparklinePath(values, { width: 100, height: 20 })).toBe(path);
});

it('draws a rate below the top, where all would be', () => {
  expect(sparklinePath([0.5, 0.75], { width: 100, height: 20, max: 1 })).toBe('M0 10L100 6');
});
