import { expect, it } from 'vitest';
import { likePatternsOf } from './event-patterns.js';

it.each([
  ['message.sent', 'message.sent'],
  ['message.*', 'message.%'],
  ['group.join.*', 'group.join.%'],
  ['order_line.*', String.raw`order\_line.%`],
])('%s is %s to SQL', (pattern, expected) => {
  expect(likePatternsOf([pattern])).toEqual([expected]);
});
