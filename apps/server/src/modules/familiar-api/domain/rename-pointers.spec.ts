import { expect, it } from 'vitest';
import { renamePointers } from './rename-pointers.js';

it.each([
  ['?from', '?start_date'],
  ['/event', '/event_type'],
  ['/data/build/id', '/payload/build/id'],
  ['/retryPolicy', '/retry_policy'],
  ['/url', '/url'],
  ['', ''],
])('%j is called %j there', (pointer, expected) => {
  const [renamed] = renamePointers([{ pointer, code: 'invalid_value', message: 'is wrong' }]);
  expect(renamed?.pointer).toBe(expected);
});
