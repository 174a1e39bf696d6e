import { expect, it } from 'vitest';
import { safeRedirect } from './safe-redirect.js';

it.each([
  ['/apps/ak_1/im-webhooks?cursor=c2', '/apps/ak_1/im-webhooks?cursor=c2'],
  ['//evil.example', '/apps'],
  ['/\\evil.example', '/apps'],
  ['https://evil.example', '/apps'],
  ['/login?redirect=/login', '/apps'],
  [undefined, '/apps'],
  [['/a', '/b'], '/apps'],
])('leads from %j to %s', (redirect, expected) => {
  expect(safeRedirect(redirect)).toBe(expected);
});
