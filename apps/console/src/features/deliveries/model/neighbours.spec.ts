import { describe, expect, it } from 'vitest';
import { neighboursOf } from './neighbours.js';

describe('neighboursOf', () => {
  it.each([
    ['first', 'a', { previous: undefined, next: 'b' }],
    ['middle', 'b', { previous: 'a', next: 'c' }],
    ['last', 'c', { previous: 'b', next: undefined }],
    ['absent', 'x', { previous: undefined, next: undefined }],
  ])('of the %s one', (_, id, neighbours) => {
    expect(neighboursOf(['a', 'b', 'c'], id)).toEqual(neighbours);
  });
});
