import { expect, it } from 'vitest';
import { safeRedirect } from './safe-redirect.js';

it.each([
  ['/apps/ak_1/im-webhooks?cursor=c2', '/apps/ak_1/im-webhooks?cursor=c2'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/login?redirect=/login', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('leads from %j to %s', (redirect, expected) => {
  expect(safeRedirect(redirect)).toBe(expected);
});
