import { externalIdSchema } from '@im/contracts/api/common';
import { expect, it } from 'vitest';
import { externalIdOf, isExternalId, MAX_EXTERNAL_ID_LENGTH } from './external-id.js';

it.each(['orders', 'one:1.a_b-2', 'a b', 'a/b', 'ü', '#'])('takes %j where the contract does', (text) => {
  expect(isExternalId(text)).toBe(externalIdSchema.safeParse(text).success);
});

it('is as long as the contract allows', () => {
  const longest = 'x'.repeat(MAX_EXTERNAL_ID_LENGTH);
  expect(externalIdSchema.safeParse(longest).success).toBe(true);
  expect(externalIdSchema.safeParse(`${longest}x`).success).toBe(false);
});

it.each([
  ['', null],
  ['  ', null],
  [' orders ', 'orders'],
])('sends %j as %j', (text, id) => {
  expect(isExternalId(text)).toBe(true);
  expect(externalIdOf(text)).toBe(id);
});
